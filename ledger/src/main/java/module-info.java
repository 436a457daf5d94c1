/// What must come out the same on every replica: quantities, accounts, the rules of each domain,
/// the state machine that runs them, the proofs and the wire form.
///
/// No clock, disk, network, thread, chance or JSON: this module requires the base module, the
/// signature arithmetic of Bouncy Castle, the persistent collections of PCollections and nothing
/// else, and an architecture test refuses what the base module would allow.
module mitoyen.ledger {
    requires static transitive org.jspecify;
    requires org.bouncycastle.provider;
    requires org.pcollections;

    exports mitoyen.ledger.quantity;
    exports mitoyen.ledger.cbor;
    exports mitoyen.ledger.proof;
    exports mitoyen.ledger.account;
    exports mitoyen.ledger.energy;
    exports mitoyen.ledger.machine;
    exports mitoyen.ledger.wire;
}
