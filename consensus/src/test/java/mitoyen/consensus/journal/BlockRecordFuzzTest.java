package mitoyen.consensus.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import mitoyen.consensus.Application;
import mitoyen.consensus.Block;
import mitoyen.consensus.Hash;
import org.junit.jupiter.api.Test;

/// Any bytes are a block in exactly one way, or are refused (`JO-7`).
class BlockRecordFuzzTest {
    @Test
    void aPayloadChangedAnywhereIsRefusedOrAnotherBlock() {
        byte[] payload = example();
        assertThat(checkPayload(payload)).isTrue();
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            byte[] changed = Arrays.copyOf(payload, payload.length + random.nextInt(-3, 4));
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            checkPayload(changed);
        }
    }

    static byte[] example() {
        Hash hash = Hash.of(new byte[Hash.LENGTH]);
        return payloadOf(
                new Block(
                        3,
                        4,
                        hash,
                        new Application.BlockResult(hash, hash),
                        List.of(new byte[] {1, 2}, new byte[0], new byte[] {3})));
    }

    static boolean checkPayload(byte[] payload) {
        Block block;
        try {
            block = BlockRecord.decode(payload);
        } catch (IllegalArgumentException refused) {
            return false;
        }
        assertThat(payloadOf(block)).isEqualTo(payload);
        return true;
    }

    private static byte[] payloadOf(Block block) {
        ByteBuffer record = BlockRecord.encode(block);
        byte[] payload = new byte[record.remaining() - BlockRecord.HEAD_BYTES];
        record.get(BlockRecord.HEAD_BYTES, payload);
        return payload;
    }
}
