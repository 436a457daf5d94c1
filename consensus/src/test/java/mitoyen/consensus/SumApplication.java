package mitoyen.consensus;

import java.nio.ByteBuffer;
import java.util.List;

/// A state that is one number: the sum of all bytes ever ordered, and a start to tell two apart.
public final class SumApplication implements Application {
    private long sum;
    private long draft;

    public SumApplication(long start) {
        this.sum = start;
    }

    @Override
    public Hash appHash() {
        return hash(sum);
    }

    @Override
    public BlockResult finalizeBlock(long height, long timeMillis, List<byte[]> bundles) {
        draft = sum;
        for (byte[] bundle : bundles) {
            for (byte value : bundle) {
                if (value < 0) {
                    throw new IllegalStateException("a bundle that the application cannot bear");
                }
                draft += value;
            }
        }
        return new BlockResult(hash(draft), hash(height));
    }

    @Override
    public void commit() {
        sum = draft;
    }

    private static Hash hash(long value) {
        return Hash.of(ByteBuffer.allocate(Hash.LENGTH).putLong(value).array());
    }
}
