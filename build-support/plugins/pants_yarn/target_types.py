"""The `yarn_package` target: a Yarn 4 project whose package.json scripts are Pants goals."""

from __future__ import annotations

from pants.core.goals.test import TestTimeoutField
from pants.engine.target import (
    COMMON_TARGET_FIELDS,
    Dependencies,
    MultipleSourcesField,
    StringField,
    StringSequenceField,
    Target,
)


class YarnSourcesField(MultipleSourcesField):
    default = ("**/*", "!BUILD", "!node_modules/**", "!.next/**", "!out/**")
    help = "Every file of the project: package.json, yarn.lock, .yarnrc.yml, sources, tests."


class YarnDependenciesField(Dependencies):
    pass


class YarnScriptsField(StringSequenceField):
    alias = "scripts"
    default = ()
    valid_choices = ("check", "fmt", "lint", "test")
    help = (
        "Which scripts of package.json the Pants goals of the same names run. `fmt` rewrites the "
        "sources in place. `test` writes a JUnit report to the file that JUNIT_XML_FILE names."
    )


class YarnBuildOutputField(StringField):
    alias = "build_output"
    default = "out"
    help = "The folder that the `build` script writes."


class YarnBuildPathField(StringField):
    alias = "build_path"
    required = True
    help = (
        "The folder, from the build root, at which those who depend on this target find what "
        "`build` wrote."
    )


class YarnPackagePathField(StringField):
    alias = "package_path"
    help = "The folder in dist/ into which `package` puts what `build` wrote; none if not set."


class YarnTestTimeoutField(TestTimeoutField):
    pass


class YarnPackageTarget(Target):
    alias = "yarn_package"
    core_fields = (
        *COMMON_TARGET_FIELDS,
        YarnSourcesField,
        YarnDependenciesField,
        YarnScriptsField,
        YarnBuildOutputField,
        YarnBuildPathField,
        YarnPackagePathField,
        YarnTestTimeoutField,
    )
    help = (
        "A Yarn 4 project, run with the pinned Node. Its scripts are the goals of the same names; "
        "what its `build` script writes can be depended on as resources, and packaged."
    )
