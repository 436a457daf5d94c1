/** A node's answers, as bytes that are still to be checked. */
const ROOT = "/api/v1/";

/** No answer, or none of what was asked for. */
export class Silent extends Error {
  /** @param absent whether the node answers, and has no such thing */
  constructor(absent) {
    super(absent ? "absent" : "unreachable");
    this.absent = absent;
  }
}

export const node = {
  header: (height) => bytes(`light/headers/${height}`),
  covering: (height) => bytes(`light/${height}`),
  /** @param query nothing, or which of the bytes under an id are meant */
  transaction: (id, query) => bytes(`transactions/${id}${query}`),
  proof: async (path) => (await ask(`proofs/${path}`, "application/json")).json(),
};

async function bytes(path) {
  return new Uint8Array(await (await ask(path, "application/cbor")).arrayBuffer());
}

async function ask(path, type) {
  let response;
  try {
    response = await fetch(ROOT + path, { headers: { Accept: type } });
  } catch {
    throw new Silent(false);
  }
  if (!response.ok) throw new Silent(response.status === 404);
  return response;
}
