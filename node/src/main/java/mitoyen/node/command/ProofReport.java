package mitoyen.node.command;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import mitoyen.ledger.account.Account;
import mitoyen.ledger.account.AccountId;
import mitoyen.ledger.account.Asset;
import mitoyen.ledger.cbor.ByteString;
import mitoyen.ledger.cbor.CborException;
import mitoyen.ledger.light.LightBlock;
import mitoyen.ledger.light.LightHeader;
import mitoyen.ledger.machine.StatePart;
import mitoyen.ledger.proof.LogRoot;
import mitoyen.ledger.proof.ProofVerifier;
import mitoyen.ledger.proof.Verdict;
import mitoyen.node.input.CheckFailed;
import mitoyen.node.language.Language;
import mitoyen.node.language.Messages;
import mitoyen.node.language.Rejections;
import mitoyen.node.transaction.AssetAmount;
import picocli.CommandLine.Model.CommandSpec;

/// What is proved, in a sentence; for programs in JSON.
final class ProofReport {
    private final Messages words = Messages.in(Language.ofEnvironment(System.getenv()));
    private final Reply reply;

    ProofReport(CommandSpec spec, boolean json) {
        this.reply = new Reply(spec, json);
    }

    /// Checks a proof that was kept.
    ///
    /// @param later what a proof of growth leads to; empty for any other
    /// @return the exit status
    int check(byte[] proof, LogRoot trusted, Optional<LogRoot> later) {
        return tell(
                later.map(root -> ProofVerifier.verifyGrowth(proof, trusted, root))
                        .orElseGet(() -> ProofVerifier.verify(proof, trusted)));
    }

    /// Says what the proof leads to: whoever keeps that can check it later.
    void leadsTo(LogRoot root) {
        reply.put("height", root.size());
        reply.put("root", root.root().toString());
        note("proof.root", root.size(), root.root());
    }

    /// Says which header of the engine was reached: it may be trusted next.
    void follows(LightBlock block) {
        LightHeader header = block.header();
        reply.put("engineHeight", header.height());
        reply.put("engineHash", header.hash().toString());
        reply.put("engineTimeMillis", header.time().millis());
        note("light.reached", header.height(), header.hash(), Following.time(block));
    }

    /// Says what a header of the engine proves.
    ///
    /// @return the exit status
    int anchored(LogRoot anchor) {
        reply.put("height", anchor.size());
        reply.put("root", anchor.root().toString());
        return end(true, words.text("light.anchor", anchor.size(), anchor.root()));
    }

    /// A text in the reader's language.
    String word(String key) {
        return words.text(key);
    }

    /// Says plainly where nobody but the node vouches for the root.
    ///
    /// @param given whether the user said what he trusts
    void trust(boolean given) {
        reply.put("trusted", given ? "given" : "node");
        if (!given) {
            note("proof.untrusted");
        }
    }

    /// Says something beside the verdict.
    void note(String key, Object... values) {
        reply.line(words.text(key, values));
    }

    /// Why nothing is proved, to be thrown.
    CheckFailed failed(String key, Object... values) {
        return new CheckFailed(words.text(key, values));
    }

    /// Says why nothing is proved.
    ///
    /// @return the exit status
    int refused(CheckFailed why) {
        return end(false, String.valueOf(why.getMessage()));
    }

    /// Says what is proved, or why nothing is.
    ///
    /// @return the exit status
    int tell(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Held held -> end(true, held(held));
            case Verdict.Absent absent -> end(true, absent(absent));
            case Verdict.Receipt receipt -> end(true, receipt(receipt));
            case Verdict.Grown(long earlier, long later) -> {
                reply.put("from", earlier);
                yield end(true, words.text("proof.grown", earlier, later));
            }
            case Verdict.Refused(var reason) -> {
                reply.put("reason", reason.word());
                yield end(false, words.text("proof.reason." + reason.word()));
            }
        };
    }

    private int end(boolean proved, String sentence) {
        String line = words.text(proved ? "proof.proved" : "proof.refused", sentence);
        reply.put("proved", proved);
        reply.put("sentence", line);
        reply.line(line);
        reply.end();
        return proved ? Sending.DONE : Sending.REFUSED;
    }

    private String held(Verdict.Held held) {
        putEntry(held.part(), held.key());
        reply.put("value", held.value().toString());
        if (isBalance(held.part())) {
            try {
                Account account = Account.fromCbor(held.value().toBytes());
                return words.text(
                        "proof.balance",
                        held.height(),
                        account.id(),
                        AssetAmount.format(account.asset(), account.balance()),
                        AssetAmount.format(account.asset(), account.debitsPending()));
            } catch (CborException ofLaterVersion) {
                return entry(held);
            }
        }
        return entry(held);
    }

    private String entry(Verdict.Held held) {
        return words.text("proof.entry.held", held.height(), held.part(), held.key(), held.value());
    }

    private String absent(Verdict.Absent absent) {
        putEntry(absent.part(), absent.key());
        byte[] key = absent.key().toBytes();
        if (isBalance(absent.part()) && key.length > AccountId.LENGTH) {
            AccountId id = new AccountId(ByteString.of(key, 0, AccountId.LENGTH));
            int rest = key.length - AccountId.LENGTH;
            String code = new String(key, AccountId.LENGTH, rest, StandardCharsets.UTF_8);
            if (Asset.isCode(code)) {
                return words.text("proof.balance.none", absent.height(), id, code);
            }
        }
        return words.text("proof.entry.absent", absent.height(), absent.part(), absent.key());
    }

    private String receipt(Verdict.Receipt receipt) {
        ReceiptFields fields = ReceiptFields.of(receipt.receipt());
        reply.put("receipt", receipt.receipt().toString());
        reply.put("block", receipt.height());
        reply.put("answer", fields.answer());
        fields.sent().ifPresent(sent -> reply.put("sent", sent.toString()));
        if (fields.sent().isEmpty()) {
            return words.text("proof.receipt.other", receipt.height(), receipt.receipt());
        }
        String answer =
                switch (fields.answer()) {
                    case "accepted" -> words.text("proof.answer.accepted");
                    case "exists" -> words.text("proof.answer.exists");
                    default -> words.text("proof.answer.rejected", refusal(fields));
                };
        return words.text(
                "proof.receipt", receipt.height(), answer, fields.sent().get().toString());
    }

    private String refusal(ReceiptFields fields) {
        reply.put("module", fields.module());
        reply.put("number", fields.number());
        fields.step().ifPresent(step -> reply.put("step", step));
        return Rejections.sentence(words, fields.module(), fields.number());
    }

    private void putEntry(String part, ByteString key) {
        reply.put("part", part);
        reply.put("key", key.toString());
    }

    private static boolean isBalance(String part) {
        return part.equals(StatePart.ACCOUNTS.toString());
    }
}
