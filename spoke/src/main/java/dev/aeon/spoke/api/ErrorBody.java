package dev.aeon.spoke.api;

import dev.aeon.spoke.model.Violation;
import java.util.List;

/**
 * The body of every answer that is an error, as RFC 9457 has it.
 *
 * @param type a URI of the kind of error
 * @param title the kind of error in words
 * @param status the HTTP status
 * @param detail what went wrong this time
 * @param code the kind of error for programs
 * @param violations the places of the schema that are wrong
 */
public record ErrorBody(
    String type, String title, int status, String detail, String code, List<Violation> violations) {
  /** The media type of errors. */
  public static final String MEDIA_TYPE = "application/problem+json";
}
