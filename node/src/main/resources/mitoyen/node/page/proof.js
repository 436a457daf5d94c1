/**
 * Checks that a member's day is on the ledger, with nothing but SHA-256 and the bytes themselves:
 * leaf -> root of the day -> transaction -> block -> root over all blocks. The tree is that of
 * RFC 9162; the forms of blocks and transactions are those of docs/spec/ledger.md.
 */
import { decode } from "./cbor.js";
import { fromHex, sha256, toHex } from "./sha256.js";

const ASCII = new TextEncoder();
const BLOCK_TAG = ASCII.encode("mitoyen/block/1\n");
const BUNDLES_TAG = ASCII.encode("mitoyen/bundles/1\n");
const BUNDLES_HASH_AT = 48;

/**
 * @param proof what the server sent, all bytes in hexadecimal
 * @param wanted the root the reader holds, in hexadecimal: of the ledger, the block or the day
 * @returns {Promise<{holds: boolean, anchor?: string, steps: {name: string, holds: boolean, hash: string}[], leaf: Map}>}
 */
export async function check(proof, wanted) {
  const leafBytes = fromHex(proof.leaf);
  const leaf = decode(leafBytes);
  const leafHash = await sha256(Uint8Array.of(0), fromHex(proof.salt), leafBytes);
  const dayRoot = await climb(leafHash, proof.index, proof.size, proof.path);
  const header = fromHex(proof.header);
  const bundles = proof.bundles.map(fromHex);
  const block = await sha256(BLOCK_TAG, header);
  const blockLeaf = await sha256(Uint8Array.of(0), block);
  const ledgerRoot = await climb(blockLeaf, proof.height - 1, proof.blockCount, proof.blockPath);

  const steps = [
    step("leaf", leaf.get("day") === proof.day && leaf.get("kind") === proof.kind, leafHash),
    step("day", dayRoot !== null && toHex(dayRoot) === proof.dayRoot, dayRoot),
    step("transaction", dayRoot !== null && settles(bundles, leaf, dayRoot), dayRoot),
    step("block", heightOf(header) === proof.height && (await holdsBundles(header, bundles)), block),
    step("ledger", ledgerRoot !== null, ledgerRoot),
  ];
  const anchors = { day: 2, block: 4, ledger: 5 };
  const reached = { day: dayRoot, block, ledger: ledgerRoot };
  const anchor = Object.keys(anchors).find(
    (name) => reached[name] !== null && toHex(reached[name]) === wanted,
  );
  const needed = steps.slice(0, anchors[anchor] ?? steps.length);
  const holds = anchor !== undefined && needed.every((each) => each.holds);
  steps.push({ name: "anchor", holds: anchor !== undefined, hash: wanted });
  return { holds, anchor, steps, leaf };
}

function step(name, holds, hash) {
  return { name, holds, hash: hash === null ? "" : toHex(hash) };
}

/** The root that a path leads to (RFC 9162, section 2.1.3.2), or null where it fits no such tree. */
async function climb(leafHash, index, size, path) {
  if (!(index >= 0 && index < size)) return null;
  let node = index;
  let last = size - 1;
  let hash = leafHash;
  for (const hex of path) {
    if (last === 0) return null;
    const sibling = fromHex(hex);
    if (node % 2 === 1 || node === last) {
      hash = await sha256(Uint8Array.of(1), sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = await sha256(Uint8Array.of(1), hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : null;
}

/** Whether one of the bundles' transactions settles this day under this root. */
function settles(bundles, leaf, dayRoot) {
  return bundles.some((bundle) =>
    decode(bundle).some((signed) => {
      const body = decode(decode(signed).get("body"));
      const steps = body.get("steps") ?? [body.get("step")];
      return steps.some((step) => isOf(step.get("settle-day"), leaf, dayRoot));
    }),
  );
}

/** Whether a settlement, if it is one, is of the leaf's day and has this root. */
function isOf(settlement, leaf, dayRoot) {
  return (
    settlement !== undefined &&
    settlement.get("day") === leaf.get("day") &&
    settlement.get("community") === leaf.get("community") &&
    toHex(settlement.get(leaf.get("kind"))) === toHex(dayRoot)
  );
}

/** Whether the header's hash over the bundles is that of these bundles. */
async function holdsBundles(header, bundles) {
  const parts = [BUNDLES_TAG, uint32(bundles.length)];
  for (const bundle of bundles) parts.push(uint32(bundle.length), bundle);
  const hash = await sha256(...parts);
  return toHex(hash) === toHex(header.subarray(BUNDLES_HASH_AT, BUNDLES_HASH_AT + 32));
}

function heightOf(header) {
  return Number(new DataView(header.buffer, header.byteOffset).getBigUint64(0));
}

function uint32(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
