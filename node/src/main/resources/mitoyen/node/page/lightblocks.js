/**
 * The form of light blocks: `light-block` in docs/spec/light.cddl (LI-1). What is not of that form
 * is Malformed.
 */
import {
  bytesOf, check, digest, fieldsOf, item, listOf, Malformed, numberOf, textOf,
} from "./fields.js";
import { toHex } from "./sha256.js";

export { Malformed };

/** The longest light block, in bytes. */
export const LONGEST = 32_768;

const DEEPEST = 5;
const ANCHOR = 40;
const ADDRESS = 20;
const KEY = 32;
const SIGNATURE = 64;
const LONGEST_CHAIN = 50;
const MOST_VALIDATORS = 128;
const MOST_POWER = 2 ** 40;
const LAST_SECOND = 253_402_300_799;
const LAST_NANO = 999_999_999;
const MOST = 2 ** 31 - 1;

/** @param bytes {Uint8Array} at most LONGEST */
export function decodeLightBlock(bytes) {
  const fields = fieldsOf(item(bytes, DEEPEST), ["parts", "round", "header", "validators"]);
  const validators = listOf(fields.validators, 1, MOST_VALIDATORS).map(validator);
  const keys = new Set(validators.map(({ key }) => toHex(key)));
  check(keys.size === validators.length, "a validator twice");
  return {
    parts: parts(fields.parts),
    round: numberOf(fields.round, 0, MOST),
    header: header(fields.header),
    validators,
  };
}

function header(value) {
  const fields = fieldsOf(value, [
    "app", "data", "last", "next", "time", "chain", "commit", "height", "results", "version",
    "evidence", "proposer", "consensus", "validators",
  ]);
  const app = bytesOf(fields.app, ANCHOR, ANCHOR);
  const size = new DataView(app.buffer, app.byteOffset).getBigUint64(0);
  check(size <= BigInt(Number.MAX_SAFE_INTEGER), "an anchor of too many blocks");
  return {
    app,
    anchor: { size: Number(size), root: app.slice(8) },
    data: digest(fields.data),
    last: last(fields.last),
    next: digest(fields.next),
    time: time(fields.time),
    chain: textOf(fields.chain, 1, LONGEST_CHAIN),
    commit: digest(fields.commit),
    height: numberOf(fields.height, 1, Number.MAX_SAFE_INTEGER),
    results: digest(fields.results),
    version: listOf(fields.version, 2, 2).map((number) => numberOf(number, 0, MOST)),
    evidence: digest(fields.evidence),
    proposer: bytesOf(fields.proposer, ADDRESS, ADDRESS),
    consensus: digest(fields.consensus),
    validators: digest(fields.validators),
  };
}

/** The block before, or null in the first. */
function last(value) {
  if (value instanceof Map && value.size === 0) return null;
  const fields = fieldsOf(value, ["hash", "parts"]);
  return { hash: digest(fields.hash), parts: parts(fields.parts) };
}

function parts(value) {
  const fields = fieldsOf(value, ["hash", "total"]);
  return { hash: digest(fields.hash), total: numberOf(fields.total, 1, MOST) };
}

function validator(value) {
  const voted = value instanceof Map && value.has("vote");
  const fields = fieldsOf(value, voted ? ["key", "vote", "power"] : ["key", "power"]);
  return {
    key: bytesOf(fields.key, KEY, KEY),
    vote: voted ? vote(fields.vote) : null,
    power: numberOf(fields.power, 1, MOST_POWER),
  };
}

function vote(value) {
  const fields = fieldsOf(value, ["time", "signature"]);
  return {
    time: time(fields.time),
    signature: bytesOf(fields.signature, SIGNATURE, SIGNATURE),
  };
}

function time(value) {
  const [seconds, nanos] = listOf(value, 2, 2);
  return {
    seconds: numberOf(seconds, 0, LAST_SECOND),
    nanos: numberOf(nanos, 0, LAST_NANO),
  };
}
