/// What must come out the same on every replica: quantities, accounts, the rules of each domain,
/// the state machine that runs them, the proofs and the wire form.
///
/// No clock, disk, network, thread, chance or JSON: this module requires the base module, the
/// arithmetic of signatures by Bouncy Castle, the persistent collections of PCollections and
/// nothing else, and an architecture test refuses what the base module would allow. Amazon's faster
/// arithmetic is used where it is there; a module path that holds it brings it in as a provider of
/// the base module's.
module mitoyen.ledger {
    requires static transitive org.jspecify;
    requires org.bouncycastle.provider;
    requires org.pcollections;
    requires static com.amazon.corretto.crypto.provider;

    exports mitoyen.ledger.quantity;
    exports mitoyen.ledger.cbor;
    exports mitoyen.ledger.proof;
    exports mitoyen.ledger.signature;
    exports mitoyen.ledger.account;
    exports mitoyen.ledger.energy;
    exports mitoyen.ledger.governance;
    exports mitoyen.ledger.light;
    exports mitoyen.ledger.machine;
    exports mitoyen.ledger.wire;
}
