package mitoyen.ledger.account;

import java.util.Arrays;

/// Text with a checksum that finds every mistake of up to four characters (BIP 350), in lower case
/// only, so that an id has one text.
final class Bech32m {
    private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {
        0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
    };
    private static final int TARGET = 0x2bc830a3;
    private static final int CHECKSUM = 6;
    private static final int GROUP = 5;

    private Bech32m() {}

    static String encode(String prefix, byte[] content) {
        int groups = Math.ceilDiv(content.length * 8, GROUP);
        int[] values = new int[groups + CHECKSUM];
        for (int bit = 0; bit < content.length * 8; bit++) {
            int value = content[bit / 8] >> (7 - bit % 8) & 1;
            values[bit / GROUP] |= value << (GROUP - 1 - bit % GROUP);
        }
        int checksum = polymod(prefix, values) ^ TARGET;
        for (int i = 0; i < CHECKSUM; i++) {
            values[groups + i] = checksum >> (GROUP * (CHECKSUM - 1 - i)) & 31;
        }
        StringBuilder text = new StringBuilder(prefix).append('1');
        for (int value : values) {
            text.append(ALPHABET.charAt(value));
        }
        return text.toString();
    }

    /// The content of a text.
    ///
    /// @throws IllegalArgumentException if the prefix, a character, the checksum or the padding is
    ///   wrong
    static byte[] decode(String prefix, String text) {
        String start = prefix + '1';
        if (!text.startsWith(start) || text.length() < start.length() + CHECKSUM) {
            throw new IllegalArgumentException("does not begin with " + start + " or is too short");
        }
        int[] values = text.substring(start.length()).chars().map(ALPHABET::indexOf).toArray();
        if (Arrays.stream(values).anyMatch(value -> value < 0)) {
            throw new IllegalArgumentException("holds a character that no id has");
        }
        if (polymod(prefix, values) != TARGET) {
            throw new IllegalArgumentException("is mistyped: its checksum does not hold");
        }
        int bits = (values.length - CHECKSUM) * GROUP;
        byte[] content = new byte[bits / 8];
        for (int bit = 0; bit < bits; bit++) {
            int value = values[bit / GROUP] >> (GROUP - 1 - bit % GROUP) & 1;
            if (bit < content.length * 8) {
                content[bit / 8] |= (byte) (value << (7 - bit % 8));
            } else if (value != 0 || bits % 8 >= GROUP) {
                throw new IllegalArgumentException("ends in bits that mean nothing");
            }
        }
        return content;
    }

    private static int polymod(String prefix, int[] values) {
        int checksum = 1;
        for (int i = 0; i < prefix.length(); i++) {
            checksum = step(checksum, prefix.charAt(i) >> GROUP);
        }
        checksum = step(checksum, 0);
        for (int i = 0; i < prefix.length(); i++) {
            checksum = step(checksum, prefix.charAt(i) & 31);
        }
        for (int value : values) {
            checksum = step(checksum, value);
        }
        return checksum;
    }

    private static int step(int checksum, int value) {
        int top = checksum >> 25;
        int next = (checksum & 0x1ffffff) << GROUP ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            if ((top >> i & 1) == 1) {
                next ^= GENERATOR[i];
            }
        }
        return next;
    }
}
