package mitoyen.node.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mitoyen.ledger.energy.MemberPeriod;
import mitoyen.ledger.quantity.Decimals;
import mitoyen.ledger.quantity.Money;
import mitoyen.ledger.quantity.Share;
import mitoyen.node.books.Anchor;
import mitoyen.node.books.EnergyTotals;
import mitoyen.node.settlement.SettlementReport;

/// What a settlement did, in a few lines for whoever ran it.
final class SettlementText {
    private final SettlementReport report;
    private final Path folder;

    SettlementText(SettlementReport report, Path folder) {
        this.report = report;
        this.folder = folder;
    }

    void print(PrintWriter out) {
        out.println(days());
        printEnergy(out);
        printMoney(out);
        for (String month : report.waiting()) {
            out.printf(
                    "%s: new days wait for a claim until the month is complete or a week of them is"
                            + " new%n",
                    month);
        }
        Anchor anchor = report.anchor();
        out.printf(
                "Ledger: block %d, %d transactions, root %s%n",
                anchor.height(), anchor.transactions(), anchor.root());
        out.printf("Statements: %s%n", folder.resolve("statements"));
        out.printf(
                "Check it: ./mitoyen verify %s   Look at it: ./mitoyen serve %s%n", folder, folder);
    }

    private String days() {
        List<String> parts = new ArrayList<>();
        add(parts, report.settled(), "settled");
        add(parts, report.corrected(), "corrected");
        add(parts, report.unchanged(), "already settled");
        return "Days: " + String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    private void printEnergy(PrintWriter out) {
        EnergyTotals totals = report.books().totals();
        out.printf(
                "Energy: %s kWh consumed, %s produced, %s shared (%s of consumption, %s of"
                        + " production)%n",
                totals.consumption(),
                totals.production(),
                totals.allocated(),
                percent(totals.allocated().mWh(), totals.consumption().mWh()),
                percent(totals.allocated().mWh(), totals.production().mWh()));
        if (report.books().missing() > 0) {
            out.printf("Missing readings counted as 0: %d%n", report.books().missing());
        }
        if (report.books().outside() > 0) {
            out.printf(
                    "Readings left out, their meter being outside its days: %d%n",
                    report.books().outside());
        }
    }

    private void printMoney(PrintWriter out) {
        Money traded = Money.ZERO;
        Money saved = Money.ZERO;
        for (MemberPeriod period : report.books().bills().members()) {
            traded = traded.plus(period.paid());
            saved = saved.plus(period.saved()).plus(period.gained());
        }
        String currency = report.books().findCommunity().orElseThrow().terms().currency();
        out.printf(
                "Money: %s %s between members, who are %s %s better off than without sharing%n",
                Decimals.formatCents(traded.micros()),
                currency,
                Decimals.formatCents(saved.micros()),
                currency);
    }

    private static String percent(long part, long whole) {
        long tenths = (Share.ratioMillionths(part, whole) + 500) / 1_000;
        return tenths / 10 + "." + tenths % 10 + " %";
    }
}
