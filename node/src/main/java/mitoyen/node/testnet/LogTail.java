package mitoyen.node.testnet;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeMap;

/// The new lines of the members' logs, as they come, each behind the name of its node.
public final class LogTail {
    private static final int MOST_AT_ONCE = 1 << 16;

    private final List<Member> members;
    private final TreeMap<String, Long> read = new TreeMap<>();

    /// Begins where the logs end now.
    public LogTail(List<Member> members) throws IOException {
        this.members = List.copyOf(members);
        for (Member member : members) {
            read.put(member.name(), Files.exists(member.log()) ? Files.size(member.log()) : 0L);
        }
    }

    /// Prints what came since the last time.
    public void print(PrintWriter out) throws IOException {
        for (Member member : members) {
            for (String line : next(member)) {
                out.println(member.name() + " | " + line);
            }
        }
        out.flush();
    }

    private List<String> next(Member member) throws IOException {
        if (!Files.exists(member.log())) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(member.log().toFile(), "r")) {
            long from = Math.min(read.getOrDefault(member.name(), 0L), file.length());
            byte[] bytes = new byte[(int) Math.min(MOST_AT_ONCE, file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            int end = end(bytes);
            read.put(member.name(), from + end);
            return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        }
    }

    /// Behind the last whole line; a line that is longer than what is read at once is cut.
    private static int end(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end == 0 && bytes.length == MOST_AT_ONCE ? bytes.length : end;
    }
}
