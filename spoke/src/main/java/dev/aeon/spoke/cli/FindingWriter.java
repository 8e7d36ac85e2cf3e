package dev.aeon.spoke.cli;

import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.image.Location;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints findings, one a line. */
enum FindingWriter {
  /** {@code file:line:column: message [RULE]}, which editors understand. */
  TEXT {
    @Override
    String line(Finding finding, String path) {
      Location location = finding.location();
      String place =
          location == null ? ":1:1" : ":" + location.startLine() + ":" + location.startColumn();
      String file = path.isEmpty() ? "<removed>" : path;
      return file + place + ": " + finding.message() + " [" + finding.rule() + "]";
    }
  },
  /** A JSON object; a file as a whole is its first character, a removed one has no path. */
  JSON {
    @Override
    String line(Finding finding, String path) {
      ObjectNode node = MAPPER.createObjectNode();
      if (!path.isEmpty()) {
        node.put("path", path);
      }
      Location location = finding.location() == null ? START : finding.location();
      node.put("start_line", location.startLine());
      node.put("start_column", location.startColumn());
      node.put("end_line", location.endLine());
      node.put("end_column", location.endColumn());
      return node.put("type", finding.rule()).put("message", finding.message()).toString();
    }
  },
  /** An annotation of a GitHub workflow. */
  GITHUB {
    @Override
    String line(Finding finding, String path) {
      Location location = finding.location();
      String place =
          location == null
              ? ""
              : ",line="
                  + location.startLine()
                  + ",col="
                  + location.startColumn()
                  + ",endLine="
                  + location.endLine()
                  + ",endColumn="
                  + location.endColumn();
      String text = finding.message().replace("%", "%25").replace("\n", "%0A");
      return "::error file=" + path + place + ",title=" + finding.rule() + "::" + text;
    }
  };

  private static final Location START = new Location(1, 1, 1, 1);
  private static final ObjectMapper MAPPER = JsonMapper.shared();

  abstract String line(Finding finding, String path);

  void write(Collection<Finding> findings, String prefix, PrintWriter out) {
    List<String> lines =
        findings.parallelStream()
            .map(each -> line(each, each.file().isEmpty() ? "" : prefix + each.file()))
            .toList();
    // A println would send each line on its own.
    lines.forEach(line -> out.write(line + System.lineSeparator()));
    out.flush();
  }
}
