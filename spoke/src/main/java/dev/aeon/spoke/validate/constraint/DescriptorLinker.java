package dev.aeon.spoke.validate.constraint;

import build.buf.validate.ValidateProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.MessageElement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Links the files of an image to descriptors, each when it is first asked for. Not thread-safe. */
final class DescriptorLinker {
  private static final String CONSTRAINTS = "buf.validate";

  private final Image image;
  private final Map<String, FileDescriptor> linked = new HashMap<>();
  private final Map<String, Boolean> constrained = new HashMap<>();
  private @Nullable ExtensionRegistry extensions;

  DescriptorLinker(Image image) {
    this.image = image;
  }

  /** Whether the file or one that it imports, however far, is of the package of constraints. */
  boolean isConstrained(ImageFile file) {
    Boolean known = constrained.get(file.path());
    if (known != null) {
      return known;
    }
    constrained.put(file.path(), false);
    boolean is =
        file.packageName().equals(CONSTRAINTS)
            || file.imports().stream()
                .map(each -> image.file(each.path()))
                .anyMatch(imported -> imported != null && isConstrained(imported));
    constrained.put(file.path(), is);
    return is;
  }

  Descriptor message(MessageElement message) {
    return messageAt(link(message.file()), message.path(), message.path().length);
  }

  /** The message that a path leads to in a file that stands for one of the image. */
  Descriptor message(FileDescriptorProto file, int[] path) {
    return messageAt(link(file), path, path.length);
  }

  FieldDescriptor field(FieldElement field) {
    FileDescriptor file = link(field.file());
    int[] path = field.path();
    int index = path[path.length - 1];
    if (path.length == 2) {
      return file.getExtension(index);
    }
    Descriptor message = messageAt(file, path, path.length - 2);
    return field.isExtension()
        ? message.getExtensions().get(index)
        : message.getFields().get(index);
  }

  /** The message that a path of alternating field numbers and indices leads to. */
  private static Descriptor messageAt(FileDescriptor file, int[] path, int length) {
    Descriptor message = file.getMessageType(path[1]);
    for (int i = 3; i < length; i += 2) {
      message = message.getNestedTypes().get(path[i]);
    }
    return message;
  }

  /**
   * Rules are linked against the validator's own descriptors, so that it knows their extensions.
   */
  private FileDescriptor link(ImageFile file) {
    if (file.path().equals(ValidateProto.getDescriptor().getName())) {
      return ValidateProto.getDescriptor();
    }
    FileDescriptor known = linked.get(file.path());
    if (known == null) {
      known = link(file.proto());
      linked.put(file.path(), known);
    }
    return known;
  }

  private FileDescriptor link(FileDescriptorProto file) {
    FileDescriptor[] dependencies =
        file.getDependencyList().stream()
            .map(path -> link(imported(file, path)))
            .toArray(FileDescriptor[]::new);
    try {
      return FileDescriptor.buildFrom(file, dependencies);
    } catch (DescriptorValidationException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA,
          "the files of the image do not fit each other, file=" + file.getName() + ": " + e,
          e);
    }
  }

  private ImageFile imported(FileDescriptorProto file, String path) {
    ImageFile imported = image.file(path);
    if (imported == null) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA,
          "the image lacks what a file imports, file=" + file.getName() + " import=" + path);
    }
    return imported;
  }

  /** All extensions of the files that reach constraints. */
  ExtensionRegistry extensions() {
    if (extensions == null) {
      ExtensionRegistry made = ExtensionRegistry.newInstance();
      for (ImageFile file : image.files()) {
        if (isConstrained(file)) {
          file.forEachExtension(extension -> register(field(extension), made));
        }
      }
      extensions = made;
    }
    return extensions;
  }

  private static void register(FieldDescriptor extension, ExtensionRegistry registry) {
    if (extension.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      registry.add(extension, DynamicMessage.getDefaultInstance(extension.getMessageType()));
    } else {
      registry.add(extension);
    }
  }
}
