package mitoyen.node.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Accounts;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.account.Transfer;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.machine.State;
import mitoyen.ledger.quantity.Amount;
import mitoyen.node.snapshot.StateFile;
import org.junit.jupiter.api.Test;

/// JO-30: a state that does not hold halts the node behind its start.
final class StateScanTest {
    @Test
    void aStateThatDoesNotHoldIsToldWithItsSnapshot() throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        StateScan.start(
                new StateFile.Opened(broken(), Optional.of("snapshot-00000007.snapshot")),
                (where, fault) -> told.complete(where + ": " + fault.getMessage()));
        assertThat(told.get(60, TimeUnit.SECONDS))
                .startsWith("scanning snapshot-00000007.snapshot: ")
                .contains("the running sums of EUR");
    }

    /// Accounts that paid each other, with the sums of a ledger on which nobody did.
    private static State broken() {
        Transfer transfer = new Transfer(new Asset("EUR"), account(1), account(2), new Amount(5));
        var paid = State.INITIAL.accounts().after(transfer);
        var more = paid.after(transfer);
        return State.INITIAL.with(
                State.INITIAL.account().with(Accounts.of(more.entries(), paid.listTotals())));
    }

    private static AccountId account(int number) {
        byte[] id = new byte[AccountId.LENGTH];
        id[0] = (byte) number;
        return new AccountId(ByteString.of(id));
    }
}
