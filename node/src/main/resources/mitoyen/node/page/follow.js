/**
 * The way from a header of the engine that a browser trusts to a later one that a node has. What
 * the node gives is checked, never believed. Where too many validators changed in between to go
 * there at once, it goes half the way first: LI-6 and LI-7 of docs/spec/light.md.
 */
import { decodeLightBlock, Malformed } from "./lightblocks.js";
import { verifyLater } from "./light.js";

/** How often at most a node is asked: each change of validators takes a few questions. */
const MOST_QUESTIONS = 1_000;

const FAR = "trusted-power";

/**
 * Goes from a trusted light block to another.
 *
 * @param trusted {{block, hash, bytes}} an earlier answer
 * @param bytes {Uint8Array} the light block to reach
 * @param header {(height: number) => Promise<Uint8Array>} asks the node for the one of a height
 * @param nowMillis {number} since 1970-01-01T00:00Z
 * @returns {Promise<{kind: "proved", block, hash: Uint8Array, bytes: Uint8Array}
 *   | {kind: "refused", reason: string}>}
 */
export async function follow(trusted, bytes, header, nowMillis) {
  const way = new Way(header, nowMillis);
  let from = trusted;
  let answer = await way.step(from, bytes);
  while (answer.reason === FAR) {
    const middle = await way.halfway(from, heightOf(bytes));
    if (middle.kind === "refused") return middle;
    from = middle;
    answer = await way.step(from, bytes);
  }
  return answer;
}

class Way {
  constructor(header, nowMillis) {
    this.header = header;
    this.nowMillis = nowMillis;
    this.questions = 0;
  }

  async step(from, bytes) {
    return { ...(await verifyLater(from.block, bytes, this.nowMillis)), bytes };
  }

  /** The nearest header that can be reached, from half of the way on downwards. */
  async halfway(from, to) {
    const low = from.block.header.height;
    let high = to;
    for (;;) {
      if (++this.questions > MOST_QUESTIONS) return { kind: "refused", reason: FAR };
      high = low + Math.max(1, Math.floor((high - low) / 2));
      const answer = await this.step(from, await this.header(high));
      if (answer.reason !== FAR) return answer;
    }
  }
}

/** The height in a light block, 0 where the bytes are none. */
function heightOf(bytes) {
  try {
    return decodeLightBlock(bytes).header.height;
  } catch (failure) {
    if (failure instanceof Malformed) return 0;
    throw failure;
  }
}
