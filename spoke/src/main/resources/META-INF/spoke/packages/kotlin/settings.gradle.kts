rootProject.name = "${hyphenated}-schema"
