package mitoyen.node.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// Where things are in the API, and for which methods.
final class ApiPaths {
    static final String ROOT = "/api/v1";
    static final String TRANSACTIONS = ROOT + "/transactions";
    static final String TRANSACTION = TRANSACTIONS + "/{id}";
    static final String BUNDLES = ROOT + "/bundles";
    static final String ACCOUNT = ROOT + "/accounts/{id}";
    static final String HOLD = ROOT + "/holds/{id}";
    static final String PROOFS = ROOT + "/proofs";
    static final String PROOF_OF_BALANCE = PROOFS + "/accounts/{id}/{asset}";
    static final String PROOF_OF_ENTRY = PROOFS + "/entries/{part}/{key}";
    static final String PROOF_OF_DOMAINS_ENTRY = PROOFS + "/entries/{domain}/{part}/{key}";
    static final String PROOF_OF_RECEIPT = PROOFS + "/transactions/{id}";
    static final String PROOF_OF_GROWTH = PROOFS + "/growth";
    static final String LIGHT = ROOT + "/light";
    static final String LIGHT_LATEST = LIGHT + "/latest";
    static final String LIGHT_OF_HEIGHT = LIGHT + "/{height}";
    static final String LIGHT_OF_HEADER = LIGHT + "/headers/{height}";
    static final String ENGINE = LIGHT + "/engine";
    static final String COMMUNITY = ROOT + "/communities/{id}";
    static final String COMMUNITY_DAY = COMMUNITY + "/days/{day}";
    static final String LEAVES = COMMUNITY_DAY + "/leaves/{kind}/{root}";
    static final String LEAF = LEAVES + "/{index}";
    static final String BLOCKS = ROOT + "/blocks";
    static final String BLOCK = BLOCKS + "/{height}";
    static final String EVENTS = ROOT + "/events";
    static final String STATUS = ROOT + "/status";
    static final String PROBLEMS = ROOT + "/problems";
    static final String PROBLEM = PROBLEMS + "/{module}/{number}";
    static final String CONTRACT = ROOT + "/openapi.yaml";
    static final String PAGE = "/api";
    static final String LIVE = "/health/live";
    static final String READY = "/health/ready";
    static final String METRICS = "/metrics";

    /// The methods of every path that is in the contract.
    static final SequencedMap<String, List<String>> METHODS = methods();

    private ApiPaths() {}

    /// The methods that there are for a path that was asked for; none where nothing is there.
    static SortedSet<String> methods(String asked) {
        SortedSet<String> methods = new TreeSet<>();
        METHODS.forEach((path, of) -> {
            if (asked.matches(path.replaceAll("\\{[a-z]+}", "[^/]+"))) {
                methods.addAll(of);
            }
        });
        return methods;
    }

    private static SequencedMap<String, List<String>> methods() {
        SequencedMap<String, List<String>> methods = new LinkedHashMap<>();
        methods.put(TRANSACTIONS, List.of("POST"));
        methods.put(ENGINE, List.of("POST"));
        methods.put(BUNDLES, List.of("POST"));
        for (String path :
                List.of(
                        TRANSACTION,
                        ACCOUNT,
                        HOLD,
                        PROOF_OF_BALANCE,
                        PROOF_OF_ENTRY,
                        PROOF_OF_DOMAINS_ENTRY,
                        PROOF_OF_RECEIPT,
                        PROOF_OF_GROWTH,
                        LIGHT_LATEST,
                        LIGHT_OF_HEIGHT,
                        LIGHT_OF_HEADER,
                        COMMUNITY,
                        COMMUNITY_DAY,
                        LEAVES,
                        LEAF,
                        BLOCKS,
                        BLOCK,
                        EVENTS,
                        STATUS,
                        PROBLEM,
                        CONTRACT,
                        LIVE,
                        READY,
                        METRICS)) {
            methods.put(path, List.of("GET"));
        }
        return Collections.unmodifiableSequencedMap(methods);
    }
}
