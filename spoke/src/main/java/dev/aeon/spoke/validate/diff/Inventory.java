package dev.aeon.spoke.validate.diff;

import dev.aeon.spoke.validate.image.Element;
import dev.aeon.spoke.validate.image.EnumElement;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.MessageElement;
import dev.aeon.spoke.validate.image.Place;
import dev.aeon.spoke.validate.image.ServiceElement;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Everything that an image declares, by what makes it the same in another image. */
final class Inventory {
  /**
   * An element.
   *
   * @param around the key of the element around it, or empty
   */
  record Item(
      String element, String name, String file, int line, String signature, String around) {}

  private final Map<String, Item> items = new TreeMap<>();

  private Inventory() {}

  static Map<String, Item> of(Image image) {
    Inventory inventory = new Inventory();
    image.files().stream().filter(file -> !file.isImport()).forEach(inventory::add);
    return inventory.items;
  }

  private void add(ImageFile file) {
    String key = "file " + file.path();
    String signature = Signatures.syntax(file) + ", package " + file.packageName();
    items.put(key, new Item("file", file.path(), file.path(), 1, signature, ""));
    Signatures.options(file.proto().getOptions())
        .forEach((name, value) ->
            items.put(
                key + " option " + name, new Item("option", name, file.path(), 1, value, key)));
    file.messages().forEach(message -> add(message, key));
    file.enums().forEach(each -> add(each, key));
    file.services().forEach(service -> add(service, key));
    file.extensions().forEach(extension -> addExtension(extension, key));
  }

  private void add(MessageElement message, String around) {
    if (message.isMapEntry()) {
      return;
    }
    String key = put("message", message.fullName(), message, "", around);
    for (FieldElement field : message.fields()) {
      String number = message.fullName() + "#" + field.number();
      put("field", number, field, Signatures.of(field), key);
    }
    message.oneofs().stream()
        .filter(oneof -> !oneof.isSynthetic())
        .forEach(oneof -> put("oneof", oneof.fullName(), oneof, "", key));
    message.messages().forEach(nested -> add(nested, key));
    message.enums().forEach(nested -> add(nested, key));
    message.extensions().forEach(extension -> addExtension(extension, key));
  }

  /** Several values may have the same number; they are told apart by their order. */
  private void add(EnumElement element, String around) {
    String key = put("enum", element.fullName(), element, "", around);
    Map<Integer, Integer> aliases = new HashMap<>();
    element
        .values()
        .forEach(value -> {
          int alias = aliases.merge(value.number(), 1, Integer::sum);
          String name = element.fullName() + "#" + value.number() + "/" + alias;
          put("enum value", name, value, Signatures.of(value), key);
        });
  }

  private void add(ServiceElement service, String around) {
    String key = put("service", service.fullName(), service, "", around);
    service
        .methods()
        .forEach(method -> put("rpc", method.fullName(), method, Signatures.of(method), key));
  }

  private void addExtension(FieldElement extension, String around) {
    String name = extension.extendee() + "#" + extension.number();
    put("extension", name, extension, Signatures.of(extension), around);
  }

  private String put(
      String kind, String identity, Element element, String signature, String around) {
    String key = kind + " " + identity;
    Place place = element.place();
    int line = place == null ? 0 : place.location().startLine();
    String file = element.file().path();
    items.put(key, new Item(kind, element.fullName(), file, line, signature, around));
    return key;
  }
}
