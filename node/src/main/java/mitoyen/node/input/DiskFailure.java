package mitoyen.node.input;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// A failure to read or write, in one line that names the file: the platform's own words are at
/// times the file's name alone, or nothing.
public final class DiskFailure {
    private DiskFailure() {}

    /// The line.
    public static String describe(IOException failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case NoSuchFileException missing ->
                    missing.getFile() + ": no such file; check the path";
            case FileAlreadyExistsException there ->
                    there.getFile() + ": is there already; move it away or name another";
            case NotDirectoryException file ->
                    file.getFile() + ": a file, not a folder; move it away or name another";
            case AccessDeniedException denied ->
                    denied.getFile() + ": not allowed to open it; check its owner and mode";
            case FileSystemException other ->
                    (other.getReason() == null ? message + ": refused by the system" : message)
                            + "; check the path and the room on the disk, then run this again";
            default -> message == null ? failure.toString() : message;
        };
    }
}
