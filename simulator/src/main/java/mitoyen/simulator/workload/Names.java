package mitoyen.simulator.workload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.proof.Digest;
import mitoyen.ledger.proof.Sha256;

/// Accounts and roots that are hashed from names and numbers.
final class Names {
    private static final List<AccountId> PEOPLE =
            IntStream.range(0, 16).mapToObj(number -> account("person " + number)).toList();

    private Names() {}

    static AccountId account(String name) {
        byte[] hash = Sha256.of(name.getBytes(StandardCharsets.UTF_8)).toBytes();
        return new AccountId(ByteString.of(hash, 0, AccountId.LENGTH));
    }

    static AccountId person(int number) {
        return PEOPLE.get(number);
    }

    static Digest digest(long number) {
        return Sha256.of(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }
}
