/**
 * Says what the bytes of a proof prove to whoever trusts a root over the ledger's blocks, with
 * nothing but SHA-256: the rules and the answers are LE-160 to LE-169 of docs/spec/proofs.md, the
 * same as those of the ledger's own ProofVerifier.
 */
import { LONGEST, Malformed, decodeProof } from "./proofs.js";
import { equal, sha256 } from "./sha256.js";

const UTF8 = new TextEncoder();
const BLOCK_TAG = UTF8.encode("mitoyen/block/1\n");
const STATE_ROOT_AT = 80;
const RECEIPTS_ROOT_AT = 112;
const LOG_LEAF = Uint8Array.of(0);
const LOG_NODE = Uint8Array.of(1);
const MAP_LEAF = Uint8Array.of(2);
const MAP_NODE = Uint8Array.of(3);
const EMPTY = new Uint8Array(32);

/**
 * What a proof of an entry, of its absence or of a receipt proves.
 *
 * @param bytes {Uint8Array} any
 * @param trusted {{size: number, root: Uint8Array}} how many blocks, and the root over them
 * @returns {Promise<{kind: "held", part: string, key: Uint8Array, value: Uint8Array, height: number}
 *   | {kind: "absent", part: string, key: Uint8Array, height: number}
 *   | {kind: "receipt", receipt: Uint8Array, height: number}
 *   | {kind: "refused", reason: string}>}
 */
export async function verify(bytes, trusted) {
  return answer(bytes, (proof) => {
    switch (proof.kind) {
      case "entry": return entry(proof, trusted);
      case "receipt": return receipt(proof, trusted);
      default: return refused("other-kind");
    }
  });
}

/**
 * Whether a proof proves that the ledger of the later root begins with that of the earlier one.
 *
 * @param bytes {Uint8Array} any
 * @param earlier {{size: number, root: Uint8Array}}
 * @param later {{size: number, root: Uint8Array}}
 * @returns {Promise<{kind: "grown", earlier: number, later: number}
 *   | {kind: "refused", reason: string}>}
 */
export async function verifyGrowth(bytes, earlier, later) {
  return answer(bytes, async (proof) => {
    if (proof.kind !== "growth") return refused("other-kind");
    const grown = await grows(proof.hashes, earlier, later);
    return grown
      ? { kind: "grown", earlier: earlier.size, later: later.size }
      : refused("growth");
  });
}

async function answer(bytes, verifier) {
  if (bytes.length > LONGEST) return refused("too-large");
  let proof;
  try {
    proof = decodeProof(bytes);
  } catch (malformed) {
    if (!(malformed instanceof Malformed)) throw malformed;
    return refused("malformed");
  }
  return verifier(proof);
}

function refused(reason) {
  return { kind: "refused", reason };
}

async function entry(proof, trusted) {
  const { part, key, block } = proof;
  const height = heightWithin(block, trusted);
  if (height === null) return refused("height");
  const partRoot = proof.state.end.kind === "held" ? proof.state.end.value : null;
  if ((proof.entry === null) !== (partRoot === null)) return refused("part");
  if (proof.entry !== null) {
    const reached = await rootOfMap(proof.entry, key);
    if (reached === null || !equal(reached, partRoot)) return refused("entry");
  }
  const state = await rootOfMap(proof.state, UTF8.encode(part));
  if (state === null || !equal(state, digestAt(block, STATE_ROOT_AT))) return refused("state");
  if (!(await isInLog(block, height, trusted))) return refused("block");
  return proof.entry?.end.kind === "held"
    ? { kind: "held", part, key, value: proof.entry.end.value, height }
    : { kind: "absent", part, key, height };
}

async function receipt(proof, trusted) {
  const height = heightWithin(proof.block, trusted);
  if (height === null) return refused("height");
  let hash = await sha256(LOG_LEAF, proof.receipt);
  for (const [level, sibling] of proof.path.entries()) {
    const isLeft = ((proof.sides >>> level) & 1) === 1;
    hash = await (isLeft ? sha256(LOG_NODE, sibling, hash) : sha256(LOG_NODE, hash, sibling));
  }
  if (!equal(hash, digestAt(proof.block, RECEIPTS_ROOT_AT))) return refused("receipt");
  if (!(await isInLog(proof.block, height, trusted))) return refused("block");
  return { kind: "receipt", receipt: proof.receipt, height };
}

/** The root that a way in a map leads to, or null where no map could have such a way. */
async function rootOfMap(proof, key) {
  const place = await sha256(key);
  const depth = 8 * proof.levels.length - trailingZeros(proof.levels.at(-1) ?? 0);
  let hash = await hashAtEnd(proof.end, place, depth);
  if (hash === null) return null;
  let next = proof.siblings.length - 1;
  for (let level = depth - 1; level >= 0; level--) {
    const sibling = bit(proof.levels, level) ? proof.siblings[next--] : EMPTY;
    hash = await (bit(place, level)
      ? sha256(MAP_NODE, sibling, hash)
      : sha256(MAP_NODE, hash, sibling));
  }
  return hash;
}

async function hashAtEnd(end, place, depth) {
  if (end.kind === "nothing") return EMPTY;
  if (end.kind === "held") return sha256(MAP_LEAF, place, await sha256(end.value));
  if (equal(end.place, place)) return null;
  for (let level = 0; level < depth; level++) {
    if (bit(end.place, level) !== bit(place, level)) return null;
  }
  return sha256(MAP_LEAF, end.place, end.value);
}

function bit(bytes, index) {
  return (bytes[index >> 3] & (0x80 >> (index & 7))) !== 0;
}

/** How many of a byte's last bits are 0; none of a byte that is 0, which ends no levels. */
function trailingZeros(byte) {
  return byte === 0 ? 0 : 31 - Math.clz32(byte & -byte);
}

/** The height in a block's header, or null where the trusted log has none of that height. */
function heightWithin(block, trusted) {
  const { buffer, byteOffset } = block.header;
  const height = new DataView(buffer, byteOffset).getBigUint64(0);
  return height >= 1n && height <= BigInt(trusted.size) ? Number(height) : null;
}

function digestAt(block, offset) {
  return block.header.subarray(offset, offset + 32);
}

/** RFC 9162, section 2.1.3.2, for the leaf of a block. */
async function isInLog(block, height, trusted) {
  let hash = await sha256(LOG_LEAF, await sha256(BLOCK_TAG, block.header));
  const climb = new Climb(height - 1, trusted.size - 1);
  for (const sibling of block.path) {
    if (climb.isAtTop()) return false;
    hash = await (climb.stepsFromRight()
      ? sha256(LOG_NODE, sibling, hash)
      : sha256(LOG_NODE, hash, sibling));
  }
  return climb.isAtTop() && equal(hash, trusted.root);
}

/** RFC 9162, section 2.1.4.2. */
async function grows(hashes, earlier, later) {
  if (earlier.size > later.size) return false;
  if (earlier.size === later.size) return hashes.length === 0 && equal(earlier.root, later.root);
  if (earlier.size === 0) return hashes.length === 0 && equal(earlier.root, await sha256());
  const climb = new Climb(earlier.size - 1, later.size - 1);
  climb.skipCompleteSubtrees();
  // What is left is 0 where the earlier tree is one complete subtree of the later.
  const [start, ...above] = climb.node === 0n ? [earlier.root, ...hashes] : hashes;
  if (start === undefined) return false;
  let before = start;
  let after = start;
  for (const hash of above) {
    if (climb.isAtTop()) return false;
    if (climb.stepsFromRight()) {
      before = await sha256(LOG_NODE, hash, before);
      after = await sha256(LOG_NODE, hash, after);
    } else {
      after = await sha256(LOG_NODE, after, hash);
    }
  }
  return climb.isAtTop() && equal(before, earlier.root) && equal(after, later.root);
}

/** The way up a tree, from a node and the last one of its level. */
class Climb {
  constructor(node, last) {
    this.node = BigInt(node);
    this.last = BigInt(last);
  }

  isAtTop() {
    return this.last === 0n;
  }

  /** A level up; whether the node was a right child, or became one as the last of its level. */
  stepsFromRight() {
    const fromRight = (this.node & 1n) === 1n || this.node === this.last;
    if (fromRight) {
      while ((this.node & 1n) === 0n && this.node !== 0n) this.up();
    }
    this.up();
    return fromRight;
  }

  skipCompleteSubtrees() {
    while ((this.node & 1n) === 1n) this.up();
  }

  up() {
    this.node >>= 1n;
    this.last >>= 1n;
  }
}
