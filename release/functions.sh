# Functions of the scripts in this folder. The scripts run with -euo pipefail, and read this file.

# the modules whose pom sets maven.deploy.skip to false, separated by commas
published_modules() {
  grep -l '<maven.deploy.skip>false</maven.deploy.skip>' "$1"/*/pom.xml | xargs -n 1 dirname | xargs -n 1 basename | paste -sd,
}

# clones a commit into a new folder, and sets the version there
clone() { # repository commit version folder
  git clone --quiet --no-checkout "$1" "$4"
  git -C "$4" checkout --quiet --detach "$2"
  set_version "$4" "$3"
}

# sets the version of all modules, and that of the coordinates in all pages; DocumentedVersionTests has the same forms
set_version() { # folder version
  local current from
  current=$(version "$1")
  from=${current//./\\.}
  (
    cd "$1"
    git ls-files -z '*pom.xml' | xargs -0 sed -i "s|<version>$from</version>|<version>$2</version>|"
    # Maven, Gradle, the response of the Actuator endpoint, and names of jars
    git ls-files -z '*.md' | xargs -0 sed -i -Ez \
      -e "s/(<artifactId>lattestream-[a-z-]+<\/artifactId>\s*<version>)$from</\1$2</g" \
      -e "s/(com\.lattestream:lattestream-[a-z-]+:)$from([^0-9A-Za-z.-])/\1$2\2/g" \
      -e "s/(\"lattestream\": \")$from\"/\1$2\"/g" \
      -e "s/(lattestream-[a-z-]+-)$from(-[a-z]+)?\.jar/\1$2\2.jar/g"
  )
}

# the version of the parent pom
version() {
  sed -n '/<artifactId>lattestream-parent<\/artifactId>/{n;s|.*<version>\(.*\)</version>.*|\1|p}' "$1/pom.xml"
}

# runs Maven in a folder; nothing is installed into the local repository, although the phase deploy includes install
maven() {
  (cd "$1" && shift && mvn --batch-mode --no-transfer-progress --quiet -Dmaven.install.skip "$@")
}

# fails if a version of this project is in the local repository of the user
require_not_installed() { # version
  local found
  found=$(find "$HOME/.m2/repository/com/lattestream" -mindepth 2 -maxdepth 2 -type d -name "$1" 2>/dev/null || true)
  if [ -n "$found" ]; then
    echo "Version $1 is in the local Maven repository: $found"
    return 1
  fi
}

step() {
  echo
  echo "== $*"
}
