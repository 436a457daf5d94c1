package mitoyen.node.page;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/// The files of a folder that other programs read, to be downloaded as they lie there: each is put
/// in its place whole, so that whoever reads an old one reads it to its end.
final class FolderFiles {
    private static final Map<String, String> TYPES =
            Map.of(
                    "allocations.csv", "text/csv; charset=utf-8",
                    "sales.csv", "text/csv; charset=utf-8",
                    "summary.json", "application/json");

    private final Path folder;
    private final PageRoutes pages;

    FolderFiles(Path folder, PageRoutes pages) {
        this.folder = folder;
        this.pages = pages;
    }

    void addTo(HttpRouting.Builder routing) {
        routing.get("/files/{name}", this::send);
    }

    private void send(ServerRequest request, ServerResponse response) throws IOException {
        String name = request.path().pathParameters().get("name");
        String type = TYPES.get(name);
        if (type == null) {
            pages.notFound(request, response);
            return;
        }
        try (FileChannel file = FileChannel.open(folder.resolve(name))) {
            response.header(HeaderNames.CONTENT_TYPE, type)
                    .header(
                            HeaderNames.CONTENT_DISPOSITION,
                            "attachment; filename=\"" + name + "\"");
            response.contentLength(file.size());
            try (InputStream in = Channels.newInputStream(file);
                    OutputStream out = response.outputStream()) {
                in.transferTo(out);
            }
        } catch (NoSuchFileException nothingSettledYet) {
            pages.notFound(request, response);
        }
    }
}
