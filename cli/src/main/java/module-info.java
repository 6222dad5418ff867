/** The command line. */
module dev.millrace.cli {
    requires dev.millrace.core;
    requires dev.millrace.data;
    requires dev.millrace.report;
    requires info.picocli;
    requires com.fasterxml.jackson.databind;

    opens dev.millrace.cli to
            info.picocli;
}
