package mitoyen.ledger.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// How byte strings are made of others and read.
final class ByteStringTest {
    @Test
    void twoStringsStandOneBehindTheOther() {
        ByteString first = ByteString.parseHex("0102");
        ByteString second = ByteString.parseHex("ff");
        assertThat(ByteString.concat(first, second)).hasToString("0102ff");
        assertThat(ByteString.concat(second, first)).hasToString("ff0102");
        assertThat(first).hasToString("0102");
        assertThat(ByteString.concat(ByteString.utf8(""), second)).isEqualTo(second);
    }

    @Test
    void aTextIsItsUtf8() {
        assertThat(ByteString.utf8("EUR")).hasToString("455552");
        assertThat(ByteString.utf8("é€")).hasToString("c3a9e282ac");
    }

    @Test
    void aStringIsReadAsItsBytesAre() throws CborException {
        ByteString item = ByteString.parseHex("820118ff");
        CborReader reader = new CborReader(item, 1);
        assertThat(reader.beginArray(2)).isEqualTo(2);
        assertThat(reader.integer()).isEqualTo(1);
        assertThat(reader.integer()).isEqualTo(255);
        reader.endArray();
        reader.end();
        assertThat(item).hasToString("820118ff");
    }
}
