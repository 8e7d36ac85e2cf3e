package dev.aeon.slabs.memory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a shared slab to the other processes of the same user, in words that fit an argument or a
 * message. Good as long as the slab is open in the process that gave the ticket.
 *
 * @param processId of the process that holds the slab
 * @param fd the descriptor it holds it by
 */
public record SlabTicket(long processId, int fd) {
  private static final Pattern FORM = Pattern.compile("slab:(\\d{1,9}):(\\d{1,9})");

  /** Checks that both can be a process and a descriptor. */
  public SlabTicket {
    if (processId < 1 || processId > Integer.MAX_VALUE || fd < 0) {
      throw new IllegalArgumentException(
          "no process and descriptor: processId=%d fd=%d".formatted(processId, fd));
    }
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException where it is not of the form {@code slab:PROCESS:DESCRIPTOR}
   */
  public static SlabTicket parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no ticket slab:PROCESS:DESCRIPTOR: text=" + text);
    }
    return new SlabTicket(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public String toString() {
    return "slab:" + processId + ":" + fd;
  }
}
