package mitoyen.node.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import mitoyen.ledger.energy.Sale;
import mitoyen.ledger.quantity.Decimals;
import mitoyen.ledger.quantity.Money;

/// `sales.csv`: a row for each line of the bills.
public final class SalesCsv {
    private static final String HEADER =
            "period,producer,consumer,kwh,price,amount,vat_rate,vat,total\n";

    private SalesCsv() {}

    /// Writes the whole file.
    public static void write(List<Sale> sales, OutputStream out) throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (Sale sale : sales) {
            text.append(sale.period()).append(',').append(sale.seller());
            text.append(',').append(sale.buyer()).append(',').append(sale.energy());
            text.append(',').append(sale.price()).append(',').append(cents(sale.amount()));
            text.append(',').append(sale.vatRate()).append(',').append(cents(sale.vat()));
            text.append(',').append(cents(sale.total())).append('\n');
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String cents(Money money) {
        return Decimals.formatCents(money.micros());
    }
}
