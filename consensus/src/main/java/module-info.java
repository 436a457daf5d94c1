/// Puts byte strings into one order and keeps them. Knows no transaction.
module mitoyen.consensus {
    requires static transitive org.jspecify;

    exports mitoyen.consensus;
    exports mitoyen.consensus.disk;
    exports mitoyen.consensus.embedded;
    exports mitoyen.consensus.journal;
    exports mitoyen.consensus.snapshot;
    exports mitoyen.consensus.store;
}
