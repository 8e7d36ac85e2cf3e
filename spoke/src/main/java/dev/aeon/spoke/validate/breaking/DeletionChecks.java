package dev.aeon.spoke.validate.breaking;

import dev.aeon.spoke.validate.image.Element;
import dev.aeon.spoke.validate.image.EnumElement;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.MessageElement;
import dev.aeon.spoke.validate.image.Place;
import dev.aeon.spoke.validate.image.ServiceElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules that files, packages and what stands in them are not deleted. A nested element that is
 * gone is reported at the innermost message around it that is left; for a message of a package,
 * wherever in the package that is.
 */
final class DeletionChecks {
  private DeletionChecks() {}

  /** How a file's elements of one kind are visited. */
  private interface Visit extends BiConsumer<ImageFile, Consumer<Element>> {}

  private record Kind(String name, Visit visit) {}

  private static final Kind ENUMS =
      new Kind("enum", (file, visitor) -> file.forEachEnum(visitor::accept));
  private static final Kind MESSAGES =
      new Kind("message", (file, visitor) -> file.forEachMessage(visitor::accept));
  private static final Kind EXTENSIONS =
      new Kind("extension", (file, visitor) -> file.forEachExtension(visitor::accept));
  private static final Kind SERVICES =
      new Kind("service", (file, visitor) -> file.services().forEach(visitor));

  static void files(Images images, Report report) {
    for (ImageFile file : images.previous().files()) {
      if (images.current().file(file.path()) == null) {
        String message = "Previously present file \"%s\" was deleted.".formatted(file.path());
        report.add(null, null, file, message);
      }
    }
  }

  static void enums(ImageFile current, ImageFile previous, Report report) {
    inFile(ENUMS, current, previous, report);
  }

  static void messages(ImageFile current, ImageFile previous, Report report) {
    inFile(MESSAGES, current, previous, report);
  }

  static void extensions(ImageFile current, ImageFile previous, Report report) {
    inFile(EXTENSIONS, current, previous, report);
  }

  static void services(ImageFile current, ImageFile previous, Report report) {
    inFile(SERVICES, current, previous, report);
  }

  private static void inFile(Kind kind, ImageFile current, ImageFile previous, Report report) {
    Set<String> left = new HashSet<>();
    kind.visit().accept(current, element -> left.add(element.nestedName()));
    kind.visit()
        .accept(
            previous,
            element -> {
              if (!left.contains(element.nestedName())) {
                String message =
                    "Previously present %s \"%s\" was deleted from file."
                        .formatted(kind.name(), element.nestedName());
                reportAround(element, current, messagesOf(Stream.of(current)), message, report);
              }
            });
  }

  private static void reportAround(
      Element gone,
      @Nullable ImageFile file,
      Map<String, MessageElement> left,
      String message,
      Report report) {
    MessageElement around = file == null ? null : around(left, gone.nestedName());
    Place place = around == null ? null : around.place();
    report.add(place, around == null ? file : around.file(), gone.file(), message);
  }

  private static @Nullable MessageElement around(
      Map<String, MessageElement> messages, String nestedName) {
    for (int dot = nestedName.lastIndexOf('.');
        dot > 0;
        dot = nestedName.lastIndexOf('.', dot - 1)) {
      MessageElement message = messages.get(nestedName.substring(0, dot));
      if (message != null) {
        return message;
      }
    }
    return null;
  }

  private static Map<String, MessageElement> messagesOf(Stream<ImageFile> files) {
    Map<String, MessageElement> messages = new HashMap<>();
    files.forEach(
        file -> file.forEachMessage(message -> messages.put(message.nestedName(), message)));
    return messages;
  }

  static void packages(Images images, Report report) {
    Map<String, List<ImageFile>> before = filesByPackage(images.previous());
    Map<String, List<ImageFile>> now = filesByPackage(images.current());
    before.forEach((name, files) -> {
      if (!now.containsKey(name)) {
        String message = "Previously present package \"%s\" was deleted.".formatted(name);
        report.add(null, null, files.getFirst(), message);
      }
    });
  }

  private static Map<String, List<ImageFile>> filesByPackage(Image image) {
    Map<String, List<ImageFile>> files = new TreeMap<>();
    for (ImageFile file : image.files()) {
      files.computeIfAbsent(file.packageName(), name -> new ArrayList<>()).add(file);
    }
    return files;
  }

  static void packageEnums(Images images, Report report) {
    inPackages(ENUMS, images, report);
  }

  static void packageMessages(Images images, Report report) {
    inPackages(MESSAGES, images, report);
  }

  static void packageExtensions(Images images, Report report) {
    inPackages(EXTENSIONS, images, report);
  }

  static void packageServices(Images images, Report report) {
    inPackages(SERVICES, images, report);
  }

  /** A package without any element of the kind is judged for services alone. */
  private static void inPackages(Kind kind, Images images, Report report) {
    Map<String, Set<String>> left = namesByPackage(kind, images.current());
    for (ImageFile file : images.previous().files()) {
      Set<String> names = left.get(file.packageName());
      if (names != null) {
        kind.visit()
            .accept(file, element -> inPackage(kind, element, names, images.current(), report));
      }
    }
  }

  private static void inPackage(
      Kind kind, Element element, Set<String> left, Image current, Report report) {
    if (left.contains(element.nestedName())) {
      return;
    }
    String packageName = element.file().packageName();
    String message =
        "Previously present %s \"%s\" was deleted from package \"%s\"."
            .formatted(kind.name(), element.nestedName(), packageName);
    ImageFile file = current.file(element.file().path());
    Stream<ImageFile> searched =
        kind.equals(MESSAGES)
            ? current.files().stream().filter(f -> f.packageName().equals(packageName))
            : Stream.ofNullable(file);
    reportAround(element, file, messagesOf(searched), message, report);
  }

  private static Map<String, Set<String>> namesByPackage(Kind kind, Image image) {
    Map<String, Set<String>> names = new HashMap<>();
    for (ImageFile file : image.files()) {
      Set<String> ofFile = new HashSet<>();
      kind.visit().accept(file, element -> ofFile.add(element.nestedName()));
      if (!ofFile.isEmpty() || kind.equals(SERVICES)) {
        names.computeIfAbsent(file.packageName(), name -> new HashSet<>()).addAll(ofFile);
      }
    }
    return names;
  }

  static void methods(ServiceElement current, ServiceElement previous, Report report) {
    Set<String> left = Images.byName(current.methods(), m -> m.name()).keySet();
    for (var method : previous.methods()) {
      if (!left.contains(method.name())) {
        String message =
            "Previously present RPC \"%s\" on service \"%s\" was deleted."
                .formatted(method.name(), current.name());
        report.add(current.place(), current.file(), previous.place(), message);
      }
    }
  }

  static void oneofs(MessageElement current, MessageElement previous, Report report) {
    Set<String> left = Images.byName(current.oneofs(), o -> o.name()).keySet();
    for (var oneof : previous.oneofs()) {
      if (!left.contains(oneof.name()) && !oneof.isSynthetic()) {
        String message =
            "Previously present oneof \"%s\" on message \"%s\" was deleted."
                .formatted(oneof.name(), current.name());
        report.add(current.place(), current.file(), previous.place(), message);
      }
    }
  }

  /** Whether a deletion is allowed where its number or its name is reserved. */
  enum Unless {
    NEVER,
    NUMBER_RESERVED,
    NAME_RESERVED
  }

  static Check.PairCheck<MessageElement> fields(Unless unless) {
    return (current, previous, report) -> {
      Map<Integer, FieldElement> left = Images.byNumber(current);
      for (FieldElement field : previous.fields()) {
        if (!left.containsKey(field.number()) && !isAllowed(field, current, unless)) {
          String description = Descriptions.of(field);
          String message =
              "Previously present %s was deleted%s."
                  .formatted(
                      Character.toLowerCase(description.charAt(0)) + description.substring(1),
                      suffix(field, unless));
          report.add(current.place(), current.file(), previous.place(), message);
        }
      }
    };
  }

  private static boolean isAllowed(FieldElement field, MessageElement message, Unless unless) {
    return switch (unless) {
      case NEVER -> false;
      case NUMBER_RESERVED -> Ranges.reserved(message).contains(field.number());
      case NAME_RESERVED -> message.proto().getReservedNameList().contains(field.name());
    };
  }

  private static String suffix(FieldElement field, Unless unless) {
    return switch (unless) {
      case NEVER -> "";
      case NUMBER_RESERVED -> " without reserving the number \"" + field.number() + "\"";
      case NAME_RESERVED -> " without reserving the name \"" + field.name() + "\"";
    };
  }

  static Check.PairCheck<EnumElement> enumValues(Unless unless) {
    return (current, previous, report) -> {
      Map<Integer, Set<String>> left = EnumChecks.namesByNumber(current);
      EnumChecks.namesByNumber(previous)
          .forEach((number, names) -> {
            if (!left.containsKey(number) && !isAllowed(number, names, current, unless)) {
              String message =
                  "Previously present enum value \"%d\" on enum \"%s\" was deleted%s."
                      .formatted(number, current.name(), suffix(number, names, unless));
              report.add(current.place(), previous.file(), previous.place(), message);
            }
          });
    };
  }

  private static boolean isAllowed(
      int number, Set<String> names, EnumElement element, Unless unless) {
    return switch (unless) {
      case NEVER -> false;
      case NUMBER_RESERVED -> Ranges.reserved(element).contains(number);
      case NAME_RESERVED -> element.proto().getReservedNameList().containsAll(names);
    };
  }

  private static String suffix(int number, Set<String> names, Unless unless) {
    return switch (unless) {
      case NEVER -> "";
      case NUMBER_RESERVED -> " without reserving the number \"" + number + "\"";
      case NAME_RESERVED ->
          " without reserving the name%s %s"
              .formatted(names.size() > 1 ? "s" : "", EnumChecks.quoted(names));
    };
  }
}
