package mitoyen.node.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLinesTest {
    @Test
    void aRecordIsOneLineOfJsonWhateverIsInIt() {
        LogRecord record = new LogRecord(Level.SEVERE, "halted: \"{0}\"\nat {1}");
        record.setParameters(new Object[] {"a\nb", 7});
        record.setLoggerName("mitoyen.node");
        record.setThrown(new IllegalStateException("outer", new IllegalArgumentException("inner")));

        String line = new JsonLines().format(record);
        assertThat(line).endsWith("\n");
        assertThat(line.strip()).doesNotContain("\n");
        JsonNode said = new JsonMapper().readTree(line);
        assertThat(said.path("level").asString()).isEqualTo("error");
        assertThat(said.path("logger").asString()).isEqualTo("mitoyen.node");
        assertThat(said.path("message").asString()).isEqualTo("halted: \"a\nb\"\nat 7");
        assertThat(said.path("failure").asString())
                .contains("outer", "caused by java.lang.IllegalArgumentException: inner");
    }
}
