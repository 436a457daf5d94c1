package mitoyen.simulator.architecture.bad;

import tools.jackson.databind.ObjectMapper;

final class Json {
    private Json() {}

    static String write(Object value) {
        return new ObjectMapper().writeValueAsString(value);
    }
}
