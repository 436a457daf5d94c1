package mitoyen.node.convert;

import java.nio.file.Path;
import java.util.List;
import mitoyen.node.input.InputMistakes;
import mitoyen.node.input.MistakeLog;

/// What a file to convert is.
public enum Kind {
    /// A load curve as Enedis exports it.
    ENEDIS,
    /// The report of an Austrian energy community: `shared/data/at_eeg_2023-08`.
    AT_EEG,
    /// A solar home of Ausgrid: `shared/data/ausgrid_customer12`.
    AUSGRID,
    /// The homes of the CityLearn challenge 2022: `shared/data/citylearn_2022`.
    CITYLEARN;

    /// Converts files of this kind.
    ///
    /// @throws InputMistakes with what is wrong in them
    public Converted convert(List<Path> files, ConvertOptions options) throws InputMistakes {
        MistakeLog mistakes = new MistakeLog();
        Converted converted =
                switch (this) {
                    case ENEDIS -> new Enedis(options, mistakes).convert(files);
                    case AT_EEG -> new AustrianReport(options, mistakes).convert(files);
                    case AUSGRID -> new Ausgrid(mistakes).convert(files);
                    case CITYLEARN -> new CityLearn(mistakes).convert(files);
                };
        mistakes.throwIfAny();
        return converted;
    }
}
