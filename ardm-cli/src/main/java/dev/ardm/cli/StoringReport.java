package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.data.DataException;
import dev.ardm.data.FileList;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** What is said, beside the result, of items that are put into archives. */
record StoringReport(ReportingOptions reporting, PrintWriter err) {
    /** Says which files were passed over. */
    void skipped(FirstNames files, String why) {
        if (reporting.normal()) {
            files.sayPassedOver(err, why);
        }
    }

    /**
     * Says what in folders is no file, and passed over: links to folders, which are not followed, and pipes.
     *
     * @throws DataException if a file has a name that would be lost
     */
    void sources(List<Path> paths) throws IOException {
        FirstNames others = new FirstNames();
        for (Path path : paths) {
            FileList.check(path, others::add);
        }
        skipped(others, "neither files nor folders");
    }

    /** Says which items were stored without the model. */
    void stored(StoredItems.Report report) {
        if (report.longer().count() > 0 && reporting.normal()) {
            err.println("ardm: " + Text.count(report.longer().count(), "item")
                    + " stored without the model, which would have made them longer: " + report.longer());
        }
        if (report.inexact().count() > 0) {
            err.println("ardm: " + Text.count(report.inexact().count(), "item")
                    + " stored without the model, because they did not decode exactly (please report this): "
                    + report.inexact());
        }
        err.flush();
    }
}
