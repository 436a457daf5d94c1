/**
 * The form of proofs: `proof` in docs/spec/ledger.cddl, within the limits of LE-164. What is not of
 * that form is Malformed.
 */
import { bytesOf, check, digest, fieldsOf, item, listOf, Malformed, textOf } from "./fields.js";

export { Malformed };

const LONGEST_VALUE = 524_288;

/** The longest proof, in bytes: the longest value, and what leads from it to a root. */
export const LONGEST = LONGEST_VALUE + 65_536;

const DEEPEST = 5;
const DIGEST = 32;
const HEADER = 144;
const LONGEST_KEY = 256;
const LONGEST_PART = 64;
const LONGEST_RECEIPT = 16_384;
const MOST_IN_MAP = 256;
const MOST_IN_RECEIPTS = 32;
const MOST_IN_LOG = 63;

/**
 * @param bytes {Uint8Array} at most LONGEST
 * @returns a proof with its `kind`: entry, growth or receipt
 */
export function decodeProof(bytes) {
  const [kind, value] = oneOf(item(bytes, DEEPEST));
  switch (kind) {
    case "entry": return { kind, ...entry(value) };
    case "growth": return { kind, hashes: digests(value, MOST_IN_LOG) };
    case "receipt": return { kind, ...receipt(value) };
    default: throw new Malformed("an unknown kind of proof");
  }
}

function entry(value) {
  const names = ["key", "part", "block", "state"];
  const whole = value instanceof Map && value.has("entry");
  const fields = fieldsOf(value, whole ? [...names, "entry"] : names);
  return {
    key: bytesOf(fields.key, 0, LONGEST_KEY),
    part: textOf(fields.part, 0, LONGEST_PART),
    block: block(fields.block),
    entry: whole ? map(fields.entry) : null,
    state: map(fields.state),
  };
}

function map(value) {
  const fields = fieldsOf(value, ["end", "levels", "siblings"]);
  const levels = bytesOf(fields.levels, 0, DIGEST);
  const siblings = digests(fields.siblings, MOST_IN_MAP);
  const bits = levels.reduce((sum, byte) => sum + ones(byte), 0);
  check(levels.at(-1) !== 0 && bits === siblings.length, "levels that do not fit the hashes");
  check(siblings.every((hash) => hash.some((byte) => byte !== 0)), "a hash to be left out");
  return { end: end(fields.end), levels, siblings };
}

function ones(byte) {
  return byte === 0 ? 0 : (byte & 1) + ones(byte >> 1);
}

function end(value) {
  const [kind, of] = oneOf(value);
  switch (kind) {
    case "held": return { kind, value: bytesOf(of, 0, LONGEST_VALUE) };
    case "other": {
      const fields = fieldsOf(of, ["place", "value"]);
      return { kind, place: digest(fields.place), value: digest(fields.value) };
    }
    case "nothing": return { kind, ...fieldsOf(of, []) };
    default: throw new Malformed("an unknown end");
  }
}

function receipt(value) {
  const fields = fieldsOf(value, ["path", "block", "sides", "receipt"]);
  const path = digests(fields.path, MOST_IN_RECEIPTS);
  const { sides } = fields;
  check(Number.isInteger(sides) && sides >= 0 && sides < 2 ** path.length, "sides of no hash");
  return {
    path,
    sides,
    block: block(fields.block),
    receipt: bytesOf(fields.receipt, 0, LONGEST_RECEIPT),
  };
}

function block(value) {
  const fields = fieldsOf(value, ["path", "header"]);
  return {
    path: digests(fields.path, MOST_IN_LOG),
    header: bytesOf(fields.header, HEADER, HEADER),
  };
}

/** The only entry of a map. */
function oneOf(value) {
  check(value instanceof Map && value.size === 1, "not a map of one entry");
  return value.entries().next().value;
}

function digests(value, most) {
  return listOf(value, 0, most).map(digest);
}
