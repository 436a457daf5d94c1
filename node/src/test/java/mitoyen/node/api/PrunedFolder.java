package mitoyen.node.api;

import static mitoyen.node.api.NodeFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import mitoyen.ledger.wire.SignedTransaction;
import mitoyen.node.running.Keep;
import mitoyen.node.running.People;

/// A node whose segments are small, so that blocks go soon.
final class PrunedFolder {
    /// How many blocks there are between two snapshots.
    static final int SNAPSHOT_BLOCKS = 5;

    static final long SEGMENT_BYTES = 2_000;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private PrunedFolder() {}

    /// A node that keeps the last ten blocks.
    static NodeFixture start(Path folder) throws Exception {
        return start(folder, new Keep.Blocks(10));
    }

    /// A node that prunes nothing of what it still has.
    static NodeFixture startAsIs(Path folder) throws Exception {
        return start(folder, new Keep.All());
    }

    static NodeFixture start(Path folder, Keep keep) throws Exception {
        return new NodeFixture(
                folder,
                People.genesis(),
                SNAPSHOT_BLOCKS,
                keep,
                SEGMENT_BYTES,
                InstantSource.system());
    }

    /// A node with 40 blocks, most of which are pruned, that was started anew after that: it
    /// remembers nothing that is not in its folder, and no more goes while one looks.
    static NodeFixture startPruned(Path folder) throws Exception {
        try (NodeFixture node = start(folder)) {
            open(node, "ana", "bea");
            pay(node, 38);
            awaitPruned(node, 20);
        }
        return startAsIs(folder);
    }

    static void open(NodeFixture node, String... names) throws Exception {
        for (String name : names) {
            accepted(node, node.people.open(name));
        }
    }

    /// Ana pays Bea a cent, so many times, and no faster than the tables follow: a node whose
    /// tables are behind leaves snapshots out, and without them nothing may go.
    ///
    /// @return the id of the last payment
    static String pay(NodeFixture node, int times) throws Exception {
        String id = "";
        for (int i = 0; i < times; i++) {
            id = accepted(node, node.people.pay("ana", "bea", 1));
            awaitTables(node);
        }
        return id;
    }

    private static void awaitTables(NodeFixture node) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (status(node, "viewHeight") < node.node.height()) {
            assertThat(System.nanoTime()).as("the tables are behind").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /// Sends a transaction, which is accepted; its id.
    static String accepted(NodeFixture node, SignedTransaction transaction) throws Exception {
        HttpResponse<String> answer = node.post(transaction.toBytes());
        assertThat(json(answer).path("answer").asString()).as(answer.body()).isEqualTo("accepted");
        return json(answer).path("id").asString();
    }

    /// Waits until blocks up to a height are pruned, and the tables know.
    static void awaitPruned(NodeFixture node, long height) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (keptFrom(node) <= height) {
            assertThat(System.nanoTime()).as("block %d is still there", height).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /// The id of some accepted transaction in a block that was pruned: in entries of 28 bytes, the
    /// id first, then the height.
    static String anyPruned(Path folder) throws SQLException {
        try (Connection tables =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve("node/views.sqlite"));
                Statement query = tables.createStatement();
                ResultSet row =
                        query.executeQuery(
                                """
                                with recursive places(place) as (
                                  select 0 union all select place + 28 from places
                                  where place < 4000)
                                select lower(hex(substr(bytes, place + 1, 16)))
                                from places, run_pages join runs using (run)
                                where subject = 0 and place < length(bytes)
                                  and hex(substr(bytes, place + 17, 8))
                                    < printf('%016X', (select kept_from from about))
                                """)) {
            return row.getString(1);
        }
    }

    static long keptFrom(NodeFixture node) throws Exception {
        return status(node, "keptFrom");
    }

    private static long status(NodeFixture node, String name) throws Exception {
        return json(node.get("/api/v1/status")).path(name).asLong();
    }
}
