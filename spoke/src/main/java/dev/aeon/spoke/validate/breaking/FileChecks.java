package dev.aeon.spoke.validate.breaking;

import com.google.protobuf.DescriptorProtos.FileOptions;
import dev.aeon.spoke.validate.Quotes;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.Place;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rules on what a file says of itself. */
final class FileChecks {
  private FileChecks() {}

  static Check.PairCheck<ImageFile> sameOption(
      String option, int number, Function<FileOptions, Object> value) {
    return (current, previous, report) -> {
      String before = value.apply(previous.proto().getOptions()).toString();
      String now = value.apply(current.proto().getOptions()).toString();
      Place place = current.optionPlace(number);
      same("option \"" + option + "\"", before, now, place, current, previous, report);
    };
  }

  static void samePackage(ImageFile current, ImageFile previous, Report report) {
    String before = previous.packageName();
    String now = current.packageName();
    same("package", before, now, current.packagePlace(), current, previous, report);
  }

  static void sameSyntax(ImageFile current, ImageFile previous, Report report) {
    same(
        "syntax",
        syntax(previous),
        syntax(current),
        current.syntaxPlace(),
        current,
        previous,
        report);
  }

  private static String syntax(ImageFile file) {
    String syntax = file.proto().getSyntax();
    return syntax.isEmpty() ? "proto2" : syntax;
  }

  private static void same(
      String what,
      String before,
      String now,
      @Nullable Place place,
      ImageFile current,
      ImageFile previous,
      Report report) {
    if (!before.equals(now)) {
      String message =
          "File %s changed from \"%s\" to \"%s\"."
              .formatted(what, Quotes.escape(before), Quotes.escape(now));
      report.add(place, current, previous, message);
    }
  }
}
