package io.blemish.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.blemish.jobs.doctor.Doctor;
import io.blemish.jobs.doctor.Finding;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code blemish doctor}: what a run would stumble over, told before. */
@Command(
        name = "doctor",
        description = "Checks Java, natives, processors, memory and the warehouse; on every executor of --master")
public final class DoctorCommand extends JobCommand {
    @Option(names = "--warehouse", paramLabel = "W", description = "A warehouse to check as well")
    private String warehouse;

    @Override
    protected ExitCode execute(JobContext context) throws JsonProcessingException {
        List<Finding> findings = new Doctor(context, Optional.ofNullable(warehouse)).findings();
        TextTable table = new TextTable();
        for (Finding finding : findings) {
            table.row(List.of(mark(finding.verdict()), finding.subject(), finding.detail()));
            if (!finding.cure().isEmpty()) {
                table.row(List.of("", "", "→ " + finding.cure()));
            }
        }
        context.terminal().tell(String.join(System.lineSeparator(), table.lines()));
        if (context.terminal().answer() == Terminal.Answer.JSON) {
            context.terminal().print(new ObjectMapper().writeValueAsString(findings));
        }
        boolean ill = findings.stream().anyMatch(finding -> finding.verdict() == Finding.Verdict.ILL);
        return ill ? ExitCode.FAULT : ExitCode.DONE;
    }

    private static String mark(Finding.Verdict verdict) {
        return switch (verdict) {
            case WELL -> "ok";
            case DOUBTFUL -> "warning";
            case ILL -> "FAILS";
        };
    }
}
