package mitoyen.simulator.architecture.bad;

import java.util.Locale;

final class Surroundings {
    private Surroundings() {}

    static String language() {
        return Locale.getDefault().getLanguage();
    }
}
