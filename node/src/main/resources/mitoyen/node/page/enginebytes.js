/**
 * What the engine hashes and signs of a block: messages of protobuf, fields by rising number, those
 * that are 0 or empty left out (LI-2 to LI-4).
 */
import { sha256 } from "./sha256.js";

const UTF8 = new TextEncoder();
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const VARINT = 0;
const FIXED_64 = 1;
const DELIMITED = 2;
const PRECOMMIT = 2;

/** The hash of a header (LI-2). */
export function headerHash(header) {
  const [block, app] = header.version;
  return treeRoot([
    message(number(1, block), number(2, app)),
    text(1, header.chain),
    number(1, header.height),
    timestamp(header.time),
    header.last === null ? nested(2, []) : blockId(header.last.hash, header.last.parts),
    bytes(1, header.commit),
    bytes(1, header.data),
    bytes(1, header.validators),
    bytes(1, header.next),
    bytes(1, header.consensus),
    bytes(1, header.app),
    bytes(1, header.results),
    bytes(1, header.evidence),
    bytes(1, header.proposer),
  ]);
}

/** The hash of validators in their order (LI-3). */
export function validatorsHash(validators) {
  return treeRoot(
    validators.map(({ key, power }) => message(nested(1, bytes(1, key)), number(2, power))),
  );
}

/** What a vote for a block signs (LI-4). */
export function signedBytes(block, hash, time) {
  const signed = message(
    number(1, PRECOMMIT),
    fixed64(2, block.header.height),
    fixed64(3, block.round),
    nested(4, blockId(hash, block.parts)),
    nested(5, timestamp(time)),
    text(6, block.header.chain),
  );
  return Uint8Array.from([...varint(signed.length), ...signed]);
}

function blockId(hash, parts) {
  return message(
    bytes(1, hash),
    nested(2, message(number(1, parts.total), bytes(2, parts.hash))),
  );
}

function timestamp({ seconds, nanos }) {
  return message(number(1, seconds), number(2, nanos));
}

function message(...fields) {
  return fields.flat();
}

function number(field, value) {
  return value === 0 ? [] : [...tag(field, VARINT), ...varint(value)];
}

function fixed64(field, value) {
  if (value === 0) return [];
  const eight = new DataView(new ArrayBuffer(8));
  eight.setBigUint64(0, BigInt(value), true);
  return [...tag(field, FIXED_64), ...new Uint8Array(eight.buffer)];
}

function text(field, value) {
  return bytes(field, UTF8.encode(value));
}

function bytes(field, value) {
  return value.length === 0 ? [] : nested(field, value);
}

/** Written even where it is empty. */
function nested(field, value) {
  return [...tag(field, DELIMITED), ...varint(value.length), ...value];
}

function tag(field, type) {
  return varint(8 * field + type);
}

/** Numbers here may have 53 bits, of which JavaScript's operators on bits see 32. */
function varint(value) {
  const digits = [];
  let left = value;
  while (left >= 128) {
    digits.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  return [...digits, left];
}

/** The root of the tree of RFC 9162 over leaves, at least one. */
async function treeRoot(leaves) {
  if (leaves.length === 1) return sha256(LEAF, Uint8Array.from(leaves[0]));
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha256(NODE, await treeRoot(leaves.slice(0, split)), await treeRoot(leaves.slice(split)));
}
