package dev.aeon.spoke.validate.diff;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Pattern;

/** What to do about changes that break, by what they are about. */
final class Advice {
  private static final Pattern RESERVABLE = Pattern.compile("_UNLESS_.*");
  private static final Pattern OF_PACKAGE =
      Pattern.compile("^PACKAGE_(?=(ENUM|MESSAGE|EXTENSION|SERVICE)_NO_DELETE)");
  private static final Pattern COMPATIBLE = Pattern.compile("_WIRE_(JSON_)?COMPATIBLE_");
  private static final Pattern FILE_OPTION = Pattern.compile("^FILE_SAME_(?!PACKAGE$|SYNTAX$).*");
  private static final Properties TEXTS = load();

  private Advice() {}

  /** What a rule is about; several rules ask the same with more or less severity. */
  static String topic(String rule) {
    String topic = RESERVABLE.matcher(rule).replaceFirst("");
    topic = OF_PACKAGE.matcher(topic).replaceFirst("");
    topic = COMPATIBLE.matcher(topic).replaceFirst("_SAME_");
    return FILE_OPTION.matcher(topic).replaceFirst("FILE_SAME_OPTION");
  }

  static String on(String topic) {
    String text = TEXTS.getProperty(topic);
    if (text == null) {
      throw new IllegalStateException("no advice, topic=" + topic);
    }
    return text;
  }

  private static Properties load() {
    try (InputStream in = Advice.class.getResourceAsStream("advice.properties")) {
      if (in == null) {
        throw new IllegalStateException("advice is not on the class path");
      }
      Properties texts = new Properties();
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
