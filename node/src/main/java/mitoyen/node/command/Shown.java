package mitoyen.node.command;

import java.io.PrintWriter;
import java.time.Instant;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.quantity.Amount;
import mitoyen.node.transaction.AssetAmount;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/// What a node shows of accounts and holds, for people in lines, for programs as it came.
final class Shown {
    private final PrintWriter out;
    private final boolean json;

    Shown(CommandSpec spec, boolean json) {
        this.out = spec.commandLine().getOut();
        this.json = json;
    }

    /// An account.
    void account(JsonNode account) {
        if (json) {
            out.println(account);
        } else {
            String height = account.path("height").asString("");
            out.println(
                    account.path("id").asString("")
                            + (height.isEmpty() ? "" : " after block " + height)
                            + (account.path("closed").asBoolean(false) ? ", closed" : ""));
            account.path("balances").forEach(this::balance);
            account.path("signers").forEach(this::signer);
            if (account.has("threshold")) {
                out.println("threshold " + account.path("threshold").asString(""));
            }
            account.path("delegations")
                    .forEach(each -> out.println("delegated key " + each.path("key").asString("")));
            if (account.has("recovery")) {
                out.println("a recovery is under way: " + account.path("recovery"));
            }
        }
        out.flush();
    }

    /// A hold.
    void hold(JsonNode hold) {
        if (json) {
            out.println(hold);
        } else {
            out.println(
                    amount(hold.path("asset"), hold.path("amount"))
                            + " of "
                            + hold.path("from").asString("")
                            + " for "
                            + hold.path("to").asString("")
                            + ", until "
                            + Instant.ofEpochMilli(hold.path("expiresMillis").asLong(0)));
        }
        out.flush();
    }

    private void balance(JsonNode balance) {
        String reserved = balance.path("pendingDebits").asString("0");
        out.println(
                amount(balance.path("asset"), balance.path("balance"))
                        + (reserved.equals("0")
                                ? ""
                                : ", of which reserved "
                                        + amount(
                                                balance.path("asset"),
                                                balance.path("pendingDebits"))));
    }

    private void signer(JsonNode signer) {
        out.println(
                "key "
                        + signer.path("key").asString("")
                        + ", weight "
                        + signer.path("weight").asString(""));
    }

    /// An amount in words; as the node wrote it where it is none.
    private static String amount(JsonNode asset, JsonNode units) {
        String code = asset.asString("");
        String number = units.asString("");
        return Asset.isCode(code) && number.matches("-?[0-9]{1,18}")
                ? AssetAmount.format(new Asset(code), new Amount(Long.parseLong(number)))
                : number + " " + code;
    }
}
