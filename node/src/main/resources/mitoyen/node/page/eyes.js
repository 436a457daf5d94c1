/**
 * The page on which a reader checks a shared ledger with his own eyes: what his browser trusts, and
 * what a node says of an account or of a transaction, proved under what the validators signed.
 */
import { decode } from "./cbor.js";
import { accountOf, idOf } from "./accountid.js";
import { amountIn } from "./amounts.js";
import { element, paragraph, verdict } from "./elements.js";
import { equal, fromHex, sha256, toHex } from "./sha256.js";
import { beginAt, forget, madeAt, reach, recall } from "./trust.js";
import { verify } from "./verify.js";
import { Silent, node } from "./nodeapi.js";

const TRIES = 20;
const PAUSE_MILLIS = 250;
const PROMPT = new Set(["expired", "future", "hash", "power", "trusted-power", "unsupported"]);

/** Why something could not be checked, in the reader's words: that is not yet that it is wrong. */
class Unfit extends Error {}

/** What was checked and does not hold, in the reader's words. */
class Wrong extends Error {}

export async function start(root) {
  const page = new Eyes(root);
  page.listen("#eyes-begin", (form) => page.begin(form));
  page.listen("#eyes-balance", (form) => page.balance(form));
  page.listen("#eyes-receipt", (form) => page.receipt(form));
  root.querySelector("#eyes-forget").addEventListener("click", () => page.forget());
  page.trusted = await recall();
  page.showTrust();
  // Before this line a press would only load the page again.
  root.querySelectorAll("button").forEach((button) => {
    button.disabled = false;
  });
}

class Eyes {
  constructor(root) {
    this.root = root;
    this.words = JSON.parse(root.dataset.words);
    this.result = root.querySelector("#eyes-result");
    this.language = document.documentElement.lang;
    this.trusted = null;
  }

  listen(selector, action) {
    const form = this.root.querySelector(selector);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      this.result.replaceChildren(paragraph(this.words.working));
      try {
        this.result.replaceChildren(await action(form));
      } catch (failure) {
        this.result.replaceChildren(this.refusal(failure));
      }
      this.showTrust();
    });
  }

  async begin(form) {
    const height = Number(field(form, "height"));
    const hash = field(form, "hash").replaceAll(/\s/g, "").toLowerCase();
    if (!Number.isSafeInteger(height) || height < 1 || !/^[0-9a-f]{64}$/.test(hash)) {
      throw new Unfit(this.words["begin.malformed"]);
    }
    this.trusted = this.held(await beginAt(height, fromHex(hash), node));
    return verdict(true, this.words.begun, this.words["begun.words"]);
  }

  forget() {
    forget();
    this.trusted = null;
    this.result.replaceChildren();
    this.showTrust();
  }

  async balance(form) {
    const id = field(form, "account");
    const asset = field(form, "asset");
    const account = accountOf(id);
    if (account === null || !/^[A-Za-z0-9-]{1,16}$/.test(asset)) {
      throw new Unfit(this.words["balance.malformed"]);
    }
    const found = await this.prove(`accounts/${id}/${asset}`);
    const key = Uint8Array.from([...account, ...new TextEncoder().encode(asset)]);
    if (found.kind === "receipt" || found.part !== "accounts" || !equal(found.key, key)) {
      throw new Wrong(this.words["other.line"]);
    }
    return this.holds(this.balanceWords(found, asset), this.words["step.account"], found.height);
  }

  balanceWords(found, asset) {
    if (found.kind === "absent") return this.words["balance.absent"];
    const held = decode(found.value);
    const amount = (name) => BigInt(held.get(name));
    const balance = amount("credits-posted") - amount("debits-posted");
    const reserved = amount("debits-pending");
    const shown = (units) => amountIn(asset, units, this.language);
    return reserved === 0n
      ? fill(this.words.balance, shown(balance))
      : fill(this.words["balance.reserved"], shown(balance), shown(reserved));
  }

  async receipt(form) {
    const id = field(form, "id").toLowerCase();
    const known = field(form, "sent").replaceAll(/\s/g, "").toLowerCase();
    if (!/^[0-9a-f]{32}$/.test(id) || !/^([0-9a-f]{64})?$/.test(known)) {
      throw new Unfit(this.words["receipt.malformed"]);
    }
    const bytes = await node.transaction(id, known === "" ? "" : `?sent=${known}`);
    const sent = await sha256(bytes);
    const body = decode(decode(bytes).get("body"));
    if (toHex(body.get("id")) !== id || (known !== "" && toHex(sent) !== known)) {
      throw new Wrong(this.words["other.line"]);
    }
    const found = await this.prove(`transactions/${id}?sent=${toHex(sent)}`);
    if (found.kind !== "receipt") throw new Wrong(this.words["other.line"]);
    const answer = decode(found.receipt);
    if (!equal(answer.get("sent") ?? new Uint8Array(0), sent)) {
      throw new Wrong(this.words["other.line"]);
    }
    const said = this.words[`answer.${answer.get("answer")}`];
    const why = answer.has("number") ? `${answer.get("module")} ${answer.get("number")}` : "";
    const box = this.holds(fill(said, found.height, why), this.words["step.receipt"], found.height);
    box.append(this.whose(body, sent, known !== ""));
    return box;
  }

  /** Whose transaction it is: each sender makes his ids, so another's may bear the same. */
  whose(body, sent, isMeant) {
    const sender = body.has("sender") ? fill(this.words["sent.by"], idOf(body.get("sender"))) : "";
    const words = isMeant ? this.words["sent.meant"] : this.words["sent.whichever"];
    const line = paragraph(`${sender} ${words} `.trimStart());
    line.append(element("code", "", toHex(sent)));
    return line;
  }

  /** What a proof proves under what the validators signed. A ledger that grows meanwhile is asked again. */
  async prove(path) {
    if (this.trusted === null) throw new Unfit(this.words["begin.first"]);
    this.from = this.trusted;
    let behind = false;
    for (let tries = 0; tries < TRIES; tries++) {
      const { proof, height } = await node.proof(path);
      let reached;
      try {
        reached = this.held(await reach(this.trusted, height, node));
      } catch (failure) {
        // The validators sign a block with the next one: it may not be there yet.
        if (!(failure instanceof Silent) || !failure.absent) throw failure;
        await new Promise((resume) => setTimeout(resume, PAUSE_MILLIS));
        continue;
      }
      this.trusted = reached;
      const { anchor } = reached.block.header;
      behind = anchor.size > height;
      if (anchor.size !== height) continue;
      const found = await verify(fromHex(proof), anchor);
      if (found.kind === "refused") throw new Wrong(fill(this.words["proof.refused"], found.reason));
      return found;
    }
    throw new Unfit(behind ? this.words.behind : this.words.busy);
  }

  /** A light block that holds, or why not in words. */
  held(answer) {
    if (answer.kind === "proved") return answer;
    const { reason } = answer;
    const key = PROMPT.has(reason) ? `light.${reason}` : "light.other";
    const sentence = fill(this.words[key], reason);
    throw reason === "expired" || reason === "unsupported" || reason === "future"
      ? new Unfit(sentence)
      : new Wrong(sentence);
  }

  holds(sentence, lead, height) {
    const box = verdict(true, sentence, fill(this.words["as.of"], height, this.date(this.trusted)));
    const { header } = this.trusted.block;
    const steps = [
      [fill(this.words["step.trusted"], this.from.block.header.height, this.date(this.from)), this.from.hash],
      [fill(this.words["step.signed"], header.height), this.trusted.hash],
      [fill(this.words["step.root"], header.anchor.size), header.anchor.root],
      [lead, null],
    ];
    const list = element("ol", "steps");
    for (const [words, hash] of steps) {
      const item = element("li");
      item.append(`✓ ${words} `);
      if (hash !== null) item.append(element("code", "", toHex(hash)));
      list.append(item);
    }
    box.append(list);
    return box;
  }

  refusal(failure) {
    if (failure instanceof Wrong) return verdict(false, this.words.no, failure.message);
    if (failure instanceof Unfit) return verdict(false, this.words.unchecked, failure.message);
    if (failure instanceof Silent) {
      const words = failure.absent ? this.words.absent : this.words.unreachable;
      return verdict(false, this.words.unchecked, words);
    }
    return verdict(false, this.words.unchecked, `${this.words.unreadable} (${failure.message})`);
  }

  showTrust() {
    const has = this.trusted !== null;
    this.root.querySelector("#eyes-kept").hidden = !has;
    this.root.querySelector("#eyes-none").hidden = has;
    if (!has) return;
    const { height } = this.trusted.block.header;
    const words = fill(this.words.kept, height, this.date(this.trusted), this.age(this.trusted));
    this.root.querySelector("#eyes-words").textContent = words;
    this.root.querySelector("#eyes-hash").textContent = toHex(this.trusted.hash);
  }

  date(light) {
    const form = new Intl.DateTimeFormat(this.language, { dateStyle: "long", timeStyle: "short" });
    return form.format(new Date(madeAt(light)));
  }

  age(light) {
    const minutes = Math.max(0, Math.round((Date.now() - madeAt(light)) / 60_000));
    const form = new Intl.RelativeTimeFormat(this.language);
    if (minutes < 60) return form.format(-minutes, "minute");
    return minutes < 48 * 60
      ? form.format(-Math.round(minutes / 60), "hour")
      : form.format(-Math.round(minutes / 1_440), "day");
  }
}

function field(form, name) {
  return form.elements[name].value.trim();
}

/** A sentence with what stands in its places. */
function fill(sentence, ...values) {
  return sentence.replaceAll(/\{(\d)\}/g, (place, index) => String(values[index] ?? place));
}
