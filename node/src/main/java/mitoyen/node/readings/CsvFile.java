package mitoyen.node.readings;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import mitoyen.node.input.Fault;
import mitoyen.node.input.MistakeLog;

/// A CSV file on disk, plain or compressed: strict UTF-8, fields handed over in the parser's own
/// buffer.
final class CsvFile {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int FIELD_LIMIT = 1 << 16;

    private final Path path;
    private final FilePart part;
    private final MistakeLog mistakes;
    private final Progress progress;
    private final AtomicLong bytesRead = new AtomicLong();

    CsvFile(Path path, MistakeLog mistakes, Progress progress) {
        this(FilePart.whole(path), mistakes, progress);
    }

    CsvFile(FilePart part, MistakeLog mistakes, Progress progress) {
        this.path = part.file();
        this.part = part;
        this.mistakes = mistakes;
        this.progress = progress;
    }

    /// Reads the file to its end, or until the handler answers with anything but null.
    ///
    /// @param handler takes the fields
    /// @param separator what stands between fields
    /// @param line says on which line the handler is, for mistakes
    ///
    /// @return whether the file could be read to that point; if not, the mistake is noted
    boolean read(
            AbstractBaseCsvCallbackHandler<Boolean> handler, char separator, IntSupplier line) {
        if (!Files.exists(path)) {
            mistakes.add(path.toString(), 0, Fault.NO_SUCH_FILE);
            return false;
        }
        if (Files.isDirectory(path)) {
            mistakes.add(path.toString(), 0, Fault.A_FOLDER);
            return false;
        }
        boolean whole = readFields(handler, separator, line);
        if (mistakes.concern(path.toString())) {
            Optional<Fault> damage = findDamagedCompression();
            damage.ifPresent(fault -> mistakes.replace(path.toString(), fault));
            return whole && damage.isEmpty();
        }
        return whole;
    }

    private boolean readFields(
            AbstractBaseCsvCallbackHandler<Boolean> handler, char separator, IntSupplier line) {
        try (InputStream in = open();
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
                CsvReader<Boolean> csv =
                        CsvReader.builder()
                                .fieldSeparator(separator)
                                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                                .maxBufferSize(FIELD_LIMIT)
                                .build(handler, reader)) {
            Iterator<Boolean> stops = csv.iterator();
            if (stops.hasNext()) {
                stops.next();
            }
            return true;
        } catch (CsvParseException malformed) {
            if (malformed.getCause() != null) {
                throw malformed; // not the file's fault: the handler failed
            }
            mistakes.add(path.toString(), Math.max(1, line.getAsInt()), Fault.NOT_CSV);
        } catch (UncheckedIOException failure) {
            refuse(Objects.requireNonNull(failure.getCause()));
        } catch (IOException failure) {
            refuse(failure);
        }
        return false;
    }

    private void refuse(IOException failure) {
        String file = path.toString();
        switch (failure) {
            case CharacterCodingException _ -> mistakes.add(file, lineOfBadByte(), Fault.NOT_UTF8);
            case ZipException _ -> mistakes.add(file, 0, Fault.DAMAGED_COMPRESSION);
            case EOFException _ -> mistakes.add(file, 0, Fault.CUT_COMPRESSION);
            case AccessDeniedException _ -> mistakes.add(file, 0, Fault.NOT_ALLOWED);
            default ->
                    mistakes.add(file, 0, Fault.UNREADABLE, String.valueOf(failure.getMessage()));
        }
    }

    /// What is wrong with the compression, if the file is compressed: it is known at its end alone,
    /// and whatever came before of a damaged one may be nothing that its author wrote.
    private Optional<Fault> findDamagedCompression() {
        try (InputStream raw = new BufferedInputStream(counted(), BUFFER_BYTES)) {
            if (isCompressed(raw)) {
                new WholeGzip(raw).transferTo(OutputStream.nullOutputStream());
            }
            return Optional.empty();
        } catch (ZipException damaged) {
            return Optional.of(Fault.DAMAGED_COMPRESSION);
        } catch (EOFException cut) {
            return Optional.of(Fault.CUT_COMPRESSION);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /// The line of the first byte that is not UTF-8: the parser reads ahead and cannot say.
    private int lineOfBadByte() {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
        CharBuffer text = CharBuffer.allocate(BUFFER_BYTES);
        int line = 1;
        try (InputStream in = open()) {
            int count;
            do {
                count = in.read(bytes.array(), bytes.position(), bytes.remaining());
                bytes.position(bytes.position() + Math.max(0, count)).flip();
                boolean bad = decoder.decode(bytes, text, count < 0).isError();
                line += (int) text.flip().chars().filter(c -> c == '\n').count();
                if (bad) {
                    return line;
                }
                bytes.compact();
                text.clear();
            } while (count >= 0);
        } catch (IOException unreadable) {
            return 0;
        }
        return 0;
    }

    private InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(counted(), BUFFER_BYTES);
        return withoutMark(
                isCompressed(raw)
                        ? new BufferedInputStream(new WholeGzip(raw), BUFFER_BYTES)
                        : raw);
    }

    private static boolean isCompressed(InputStream raw) throws IOException {
        raw.mark(2);
        boolean compressed = raw.read() == 0x1F && raw.read() == 0x8B;
        raw.reset();
        return compressed;
    }

    /// The stream after its byte order mark, if it begins with one.
    private static InputStream withoutMark(InputStream in) throws IOException {
        in.mark(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(in.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
            in.reset();
        }
        return in;
    }

    private InputStream counted() throws IOException {
        long total = part.size();
        String what = "reading " + path.getFileName();
        return new FilterInputStream(part.open()) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = super.read(into, offset, length);
                long done = bytesRead.addAndGet(Math.max(0, count));
                progress.step(what, Math.min(done, total), total);
                return count;
            }
        };
    }

    /// Compressed parts one after the other up to the end of the file. The JDK's stream ends in
    /// silence at a part that it cannot begin, and all readings from there on would be left out.
    private static final class WholeGzip extends GZIPInputStream {
        private static final int TRAILER_BYTES = 8;

        WholeGzip(InputStream in) throws IOException {
            super(in, BUFFER_BYTES);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            if (count < 0 && (inf.getRemaining() > TRAILER_BYTES || in.read() >= 0)) {
                throw new ZipException("no compressed part begins here");
            }
            return count;
        }
    }
}
