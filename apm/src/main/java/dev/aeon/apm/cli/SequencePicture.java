package dev.aeon.apm.cli;

import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.store.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * A conversation drawn in text: a lifeline down for each agent, an arrow across for each message.
 *
 * <pre>
 *               manager_001             impl_001
 * 10:00:00.150       │── TASK_ASSIGNMENT ──▶│      task_1 "Task 1"
 *    +0.020 s        │◀──────── ACK ────────│      received
 * </pre>
 */
final class SequencePicture {
  private static final int TIME_WIDTH = 15;
  private static final int ARROW_ROOM = 8;
  private static final int MARGIN = 2;
  private static final int TIME_OF_DAY = "2026-01-31T".length();

  private final Conversation conversation;
  private final OutputOption output;
  private final List<String> agents;
  private final int spacing;
  private final List<Row> rows = new ArrayList<>();

  /** A line of the picture that has its moment. */
  private record Row(Instant time, Drawing drawing) {}

  /** Draws a line, given what stands in the column of times. */
  @FunctionalInterface
  private interface Drawing {
    String line(String time);
  }

  SequencePicture(Conversation conversation, OutputOption output) {
    this.conversation = conversation;
    this.output = output;
    this.agents = conversation.agents();
    this.spacing = spacing();
    conversation
        .messages()
        .forEach(each ->
            rows.add(new Row(each.message().envelope().timestamp(), time -> line(time, each))));
    conversation
        .deadLetters()
        .forEach(each -> rows.add(new Row(each.failedAt(), time -> line(time, each))));
    rows.sort(Comparator.comparing(Row::time));
  }

  String text() {
    StringBuilder picture = new StringBuilder();
    Instant start = rows.getFirst().time();
    String time = Timestamps.format(start).substring(TIME_OF_DAY);
    for (Row row : rows) {
      boolean isFirst = picture.isEmpty();
      picture.append('\n').append(row.drawing().line(isFirst ? time : since(start, row.time())));
    }
    conversation.unanswered().forEach(each -> picture.append('\n').append(unanswered(each)));
    return heading() + picture;
  }

  private int spacing() {
    int widest = agents.stream().mapToInt(String::length).max().orElse(0) + 2;
    for (Recorded each : conversation.messages()) {
      widest = Math.max(widest, label(each).length() + ARROW_ROOM);
    }
    return widest;
  }

  private String heading() {
    Instant start = rows.getFirst().time();
    Instant end = rows.getLast().time();
    String title =
        String.join(", ", conversation.ids())
            + "  "
            + Timestamps.format(start)
            + "  messages="
            + conversation.messages().size()
            + " failed="
            + conversation.deadLetters().size()
            + " took="
            + seconds(Duration.between(start, end));
    StringBuilder names = new StringBuilder();
    for (int column = 0; column < agents.size(); column++) {
      String name = agents.get(column);
      int from = Math.max(names.length() + 1, x(column) - name.length() / 2);
      names.repeat(' ', from - names.length()).append(name);
    }
    return output.styled(Terminal.printable(title), Style.bold) + "\n" + names;
  }

  private String line(String time, Recorded recorded) {
    int from = x(agents.indexOf(recorded.channel().sender().value()));
    int to = x(agents.indexOf(recorded.channel().receiver().value()));
    String label = label(recorded);
    StringBuilder line = lifelines(time);
    int labelFrom = from == to ? drawLoop(line, from, label) : drawArrow(line, from, to, label);
    IStyle style = Summary.styleOf(recorded.message().envelope().typeName());
    return colored(line, labelFrom, labelFrom + label.length(), style)
        + " ".repeat(MARGIN)
        + Summary.of(recorded.message());
  }

  private String line(String time, DeadLetter letter) {
    int at = x(agents.indexOf(letter.message().sender().agentId().value()));
    StringBuilder line = lifelines(time);
    line.setCharAt(at, '✗');
    String what =
        letter.message().envelope().typeName()
            + " to "
            + letter.receiver().agentId()
            + " failed: "
            + letter.reason()
            + " "
            + letter.detail();
    return colored(line, at, at + 1, Style.fg_red)
        + " ".repeat(MARGIN)
        + output.styled(Terminal.printable(what), Style.fg_red);
  }

  private String unanswered(Recorded recorded) {
    String what =
        "not acknowledged: "
            + recorded.message().messageId()
            + " "
            + recorded.message().envelope().typeName()
            + " by "
            + recorded.channel().receiver();
    return output.styled(what, Style.fg_yellow);
  }

  private static String label(Recorded recorded) {
    int retry = recorded.message().envelope().metadata().retryCount();
    String type = recorded.message().envelope().typeName();
    return retry == 0 ? type : type + " retry " + retry;
  }

  /** Where an agent's lifeline is. */
  private int x(int column) {
    return TIME_WIDTH + agents.getFirst().length() / 2 + column * spacing;
  }

  private StringBuilder lifelines(String time) {
    StringBuilder line = new StringBuilder(time);
    line.repeat(' ', x(agents.size() - 1) + 1 - time.length());
    for (int column = 0; column < agents.size(); column++) {
      line.setCharAt(x(column), '│');
    }
    return line;
  }

  /** Draws an arrow; where its label begins. */
  private static int drawArrow(StringBuilder line, int from, int to, String label) {
    int left = Math.min(from, to);
    int right = Math.max(from, to);
    for (int at = left + 1; at < right; at++) {
      line.setCharAt(at, line.charAt(at) == '│' ? '┼' : '─');
    }
    line.setCharAt(from < to ? right - 1 : left + 1, from < to ? '▶' : '◀');
    int labelFrom = left + (right - left - label.length()) / 2 + 1;
    line.replace(labelFrom - 1, labelFrom + label.length() + 1, " " + label + " ");
    return labelFrom;
  }

  /** Draws what an agent tells itself; where its label begins. */
  private static int drawLoop(StringBuilder line, int at, String label) {
    line.setCharAt(at, '↻');
    int labelFrom = at + 2;
    int end = labelFrom + label.length();
    line.repeat(' ', Math.max(0, end - line.length()));
    line.replace(labelFrom, end, label);
    return labelFrom;
  }

  private String colored(StringBuilder line, int from, int to, IStyle style) {
    return line.substring(0, from)
        + output.styled(line.substring(from, to), style)
        + line.substring(to);
  }

  private static String since(Instant start, Instant time) {
    return "   +" + seconds(Duration.between(start, time));
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f s", duration.toNanos() / 1e9);
  }
}
