/**
 * Says whether the bytes of a light block are a header that the engine's validators signed, to
 * whoever trusts an earlier one: the rules and the answers are LI-1 to LI-9 of docs/spec/light.md,
 * the same as those of the ledger's own LightClient.
 */
import { headerHash, signedBytes, validatorsHash } from "./enginebytes.js";
import { decodeLightBlock, LONGEST, Malformed } from "./lightblocks.js";
import { equal, toHex } from "./sha256.js";

/** Two thirds of 48 hours, and ten seconds, in milliseconds. */
export const STANDARD = { periodMillis: 115_200_000, driftMillis: 10_000 };

/** A browser without Ed25519. */
class Unsupported extends Error {}

/**
 * Whether bytes are the light block that somebody begins with (LI-5).
 *
 * @param bytes {Uint8Array} any
 * @param hash {Uint8Array} of the header that is trusted
 * @returns {Promise<{kind: "proved", block, hash: Uint8Array}
 *   | {kind: "refused", reason: string}>} a block to be trusted, with its `header.anchor`
 */
export async function begin(bytes, hash) {
  return answer(bytes, async (block, own) => {
    if (!equal(own, hash)) return "hash";
    if (!(await namesItsValidators(block))) return "validators";
    return hasPower(block, await signersOf(block, own)) ? null : "power";
  });
}

/**
 * What a light block proves to whoever trusts an earlier one (LI-6, LI-7).
 *
 * @param trusted the `block` of an earlier answer
 * @param bytes {Uint8Array} any
 * @param nowMillis {number} the present time, since 1970-01-01T00:00Z
 * @param policy {{periodMillis: number, driftMillis: number}} the period below 48 hours
 * @returns as `begin`
 */
export async function verifyLater(trusted, bytes, nowMillis, policy = STANDARD) {
  return answer(bytes, async (block, own) => {
    const fault = faultOfHeader(trusted.header, block.header, nowMillis, policy);
    if (fault !== null) return fault;
    if (!(await namesItsValidators(block))) return "validators";
    const adjacent = block.header.height === trusted.header.height + 1;
    if (adjacent && !equal(block.header.validators, trusted.header.next)) return "next-validators";
    const signers = await signersOf(block, own);
    if (!adjacent && !isVouchedFor(trusted, signers)) return "trusted-power";
    return hasPower(block, signers) ? null : "power";
  });
}

async function answer(bytes, findFault) {
  if (bytes.length > LONGEST) return refused("too-large");
  try {
    const block = decodeLightBlock(bytes);
    const hash = await headerHash(block.header);
    const fault = await findFault(block, hash);
    return fault === null ? { kind: "proved", block, hash } : refused(fault);
  } catch (failure) {
    if (failure instanceof Malformed) return refused("malformed");
    if (failure instanceof Unsupported) return refused("unsupported");
    throw failure;
  }
}

function refused(reason) {
  return { kind: "refused", reason };
}

function faultOfHeader(trusted, header, nowMillis, { periodMillis, driftMillis }) {
  if (millis(trusted.time) + periodMillis <= nowMillis) return "expired";
  if (header.chain !== trusted.chain) return "chain";
  if (header.height <= trusted.height) return "height";
  if (!isAfter(header.time, trusted.time)) return "time";
  return millis(header.time) - driftMillis >= nowMillis ? "future" : null;
}

function millis({ seconds, nanos }) {
  return seconds * 1_000 + Math.floor(nanos / 1_000_000);
}

function isAfter(left, right) {
  return left.seconds === right.seconds ? left.nanos > right.nanos : left.seconds > right.seconds;
}

async function namesItsValidators({ validators, header }) {
  return equal(await validatorsHash(validators), header.validators);
}

/** More than a third of the trusted power: at least one of them keeps to the rules. */
function isVouchedFor(trusted, signers) {
  const signed = new Set(signers.map(({ key }) => toHex(key)));
  const vouching = trusted.validators.filter(({ key }) => signed.has(toHex(key)));
  return 3 * powerOf(vouching) > powerOf(trusted.validators);
}

/** More than two thirds of the block's own power. */
function hasPower({ validators }, signers) {
  return 3 * powerOf(signers) > 2 * powerOf(validators);
}

function powerOf(validators) {
  return validators.reduce((sum, { power }) => sum + power, 0);
}

/** The validators whose votes for a block hold (LI-4). */
async function signersOf(block, hash) {
  const signers = [];
  for (const validator of block.validators) {
    if (validator.vote !== null && (await hasSigned(validator, block, hash))) {
      signers.push(validator);
    }
  }
  return signers;
}

/** A key that is no point is an error to a browser, and a vote that does not hold to us. */
async function hasSigned({ key, vote }, block, hash) {
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  } catch (failure) {
    if (failure.name === "NotSupportedError") throw new Unsupported();
    return false;
  }
  const signed = signedBytes(block, hash, vote.time);
  return crypto.subtle.verify("Ed25519", imported, vote.signature, signed);
}
