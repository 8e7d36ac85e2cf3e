package dev.aeon.spoke.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a body, as a {@code Range} header asks for it (RFC 9110, section 14).
 *
 * @param from the first byte's index
 * @param to the index after the last byte; not after {@code from} where nothing can be met
 */
record ByteRange(long from, long to) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** One range; empty where the header asks for several, or for what is no range of bytes. */
  static Optional<ByteRange> parse(String header, long byteSize) {
    Matcher matcher = SINGLE.matcher(header.strip());
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (matcher.group(1).isEmpty()) {
      long suffix = Math.min(Long.parseLong(matcher.group(2)), byteSize);
      return Optional.of(new ByteRange(byteSize - suffix, byteSize));
    }
    long from = Long.parseLong(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? byteSize - 1 : Long.parseLong(matcher.group(2));
    if (last < from && !matcher.group(2).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(Math.min(from, byteSize), Math.min(last + 1, byteSize)));
  }

  boolean isSatisfiable() {
    return from < to;
  }

  String contentRange(long byteSize) {
    return "bytes " + from + "-" + (to - 1) + "/" + byteSize;
  }
}
