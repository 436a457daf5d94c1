/// Puts byte strings into one order and keeps them. Knows no transaction.
@SuppressWarnings(
        "requires-transitive-automatic") // Protobuf names its module in its manifest only.
module mitoyen.consensus {
    requires transitive com.google.protobuf;
    requires jdk.unsupported; // Writing past the machine's cache.
    requires static transitive org.jspecify;

    exports mitoyen.consensus;
    exports mitoyen.consensus.abci;
    exports mitoyen.consensus.abci.wire;
    exports mitoyen.consensus.cometbft;
    exports mitoyen.consensus.disk;
    exports mitoyen.consensus.embedded;
    exports mitoyen.consensus.joining;
    exports mitoyen.consensus.journal;
    exports mitoyen.consensus.snapshot;
    exports mitoyen.consensus.store;
}
