package dev.aeon.spoke.validate.lint;

import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.MethodElement;
import dev.aeon.spoke.validate.image.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules on remote procedures. */
final class MethodChecks {
  private static final String EMPTY = "google.protobuf.Empty";

  private MethodChecks() {}

  static void noClientStreaming(MethodElement method, Report report) {
    if (method.proto().getClientStreaming()) {
      String message = "RPC \"%s\" is client streaming.".formatted(method.name());
      report.add(method.place(), method.file(), message);
    }
  }

  static void noServerStreaming(MethodElement method, Report report) {
    if (method.proto().getServerStreaming()) {
      String message = "RPC \"%s\" is server streaming.".formatted(method.name());
      report.add(method.place(), method.file(), message);
    }
  }

  static void requestStandardName(MethodElement method, Report report) {
    boolean isAllowed = report.config().allowsEmptyRequests() && method.inputType().equals(EMPTY);
    if (!isAllowed) {
      standardName(method, method.inputType(), "Request", method.inputTypePlace(), report);
    }
  }

  static void responseStandardName(MethodElement method, Report report) {
    boolean isAllowed = report.config().allowsEmptyResponses() && method.outputType().equals(EMPTY);
    if (!isAllowed) {
      standardName(method, method.outputType(), "Response", method.outputTypePlace(), report);
    }
  }

  private static void standardName(
      MethodElement method, String type, String suffix, @Nullable Place place, Report report) {
    String name = type.substring(type.lastIndexOf('.') + 1);
    String expected = Names.pascalCase(method.name()) + suffix;
    String longer = Names.pascalCase(method.service().name()) + expected;
    if (!name.equals(expected) && !name.equals(longer)) {
      String message =
          "RPC %s type \"%s\" should be named \"%s\" or \"%s\"."
              .formatted(suffix.equals("Request") ? "request" : "response", name, expected, longer);
      report.add(place, method.file(), message);
    }
  }

  /** No type is a request or a response of two methods, nor both of one. */
  static void requestResponseUnique(Image image, Report report) {
    Map<String, Set<MethodElement>> usersByType = new TreeMap<>();
    for (ImageFile file : image.files()) {
      if (!file.isImport()) {
        file.services()
            .forEach(service -> service.methods().forEach(m -> addUser(m, usersByType, report)));
      }
    }
    usersByType.forEach((type, users) -> {
      if (users.size() > 1) {
        reportUsers(type, users, report);
      }
    });
  }

  private static void addUser(
      MethodElement method, Map<String, Set<MethodElement>> usersByType, Report report) {
    String input = method.inputType();
    boolean isAllowed =
        report.config().allowsSameRequestResponse()
            || (input.equals(EMPTY)
                && report.config().allowsEmptyRequests()
                && report.config().allowsEmptyResponses());
    if (input.equals(method.outputType()) && !isAllowed) {
      String message =
          "RPC \"%s\" has the same type \"%s\" for the request and response."
              .formatted(method.name(), input);
      report.add(method.place(), method.file(), message);
    }
    usersByType.computeIfAbsent(input, type -> new LinkedHashSet<>()).add(method);
    usersByType.computeIfAbsent(method.outputType(), type -> new LinkedHashSet<>()).add(method);
  }

  private static void reportUsers(String type, Set<MethodElement> users, Report report) {
    boolean allowsRequests = report.config().allowsEmptyRequests();
    boolean allowsResponses = report.config().allowsEmptyResponses();
    if (!type.equals(EMPTY) || (!allowsRequests && !allowsResponses)) {
      reportAll(type, new ArrayList<>(users), "request or response type", report);
      return;
    }
    if (!allowsRequests) {
      reportAll(
          type, users.stream().filter(m -> m.inputType().equals(type)).toList(), "request", report);
    }
    if (!allowsResponses) {
      reportAll(
          type,
          users.stream().filter(m -> m.outputType().equals(type)).toList(),
          "response",
          report);
    }
  }

  private static void reportAll(
      String type, List<MethodElement> methods, String role, Report report) {
    if (methods.size() > 1) {
      String message = "\"%s\" is used as the %s for multiple RPCs.".formatted(type, role);
      methods.forEach(method -> report.add(method.place(), method.file(), message));
    }
  }
}
