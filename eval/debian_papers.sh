#!/bin/sh
# Fills a folder with PDFs nobody tuned on: the manuals that Debian's documentation packages carry, in many languages
# and made by many programs. An optional check: sh eval/debian_papers.sh ~/papers && make read-everything FOLDER=~/papers
set -eu
folder=${1:?give a folder outside of the repository}
packages="texlive-humanities-doc texlive-science-doc texlive-latex-recommended-doc texlive-metapost-doc
texlive-fonts-recommended-doc texlive-lang-german texlive-lang-french texlive-lang-cyrillic texlive-lang-arabic
texlive-lang-greek texlive-lang-polish texlive-lang-czechslovak texlive-lang-spanish texlive-lang-italian
texlive-lang-european texlive-lang-portuguese r-doc-pdf gnuplot-doc lilypond-doc-pdf maxima-doc octave-doc
asymptote-doc debmake-doc developers-reference dblatex-doc ledger bash-doc debian-policy zsh-doc yade gretl-doc
xfig-doc lyx-common pari-doc gap-doc systemtap-doc valgrind debian-handbook"
mkdir -p "$folder"
cd "$folder"
for package in $packages; do
  apt-get download "$package" || continue
  mkdir -p "$package"
  for archive in "$package"_*.deb; do
    dpkg-deb --fsys-tarfile "$archive" | tar -x -C "$package" --wildcards --no-anchored '*.pdf' '*.pdf.gz' || true
    rm "$archive"
  done
done
find . -name '*.pdf.gz' -exec gunzip -f {} +
find . -name '*.pdf' -type f | wc -l
