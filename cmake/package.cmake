# cmake --install, and cpack -G DEB (./dev package): the program with what a desktop wants to know of
# it, and what building a driver needs, under share/queuescope. Lessons, fonts and texts are compiled
# in.
include(GNUInstallDirs)

set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)  # installing does not build the tests
set(files ${CMAKE_SOURCE_DIR}/packaging)
set(doc ${CMAKE_INSTALL_DATADIR}/doc/queuescope)
set(own ${CMAKE_INSTALL_DATADIR}/queuescope)

if(TARGET queuescope)
  install(TARGETS queuescope RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY ${QS_DRIVER_INCLUDE}/ DESTINATION ${own}/include)
install(PROGRAMS cmake/driver_build.sh cmake/driver_link.sh cmake/driver_overlay.sh
  DESTINATION ${own}/driver)
install(FILES cmake/driver_lines.awk cmake/driver_loops.awk cmake/driver_dialect.awk
  cmake/driver_messages.awk cmake/driver_mof.awk DESTINATION ${own}/driver)

# What `queuescope serve` serves, where ./dev web has built it.
install(DIRECTORY ${CMAKE_SOURCE_DIR}/build-web/page/ DESTINATION ${own}/page OPTIONAL)

install(FILES ${files}/queuescope.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${files}/queuescope-mime.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages
  RENAME queuescope.xml)
install(FILES ${files}/io.github.queuescope.QueueScope.metainfo.xml
  DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
set(icons ${CMAKE_INSTALL_DATADIR}/icons/hicolor)
install(FILES ${files}/queuescope.svg DESTINATION ${icons}/scalable/apps)
foreach(size 16 24 32 48 64 128 256)
  install(FILES ${files}/icons/${size}.png DESTINATION ${icons}/${size}x${size}/apps
    RENAME queuescope.png)
endforeach()

# Debian wants these compressed, without the name and the time that gzip writes into files.
foreach(name queuescope.1 changelog)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files}/${name})
  execute_process(COMMAND gzip -9nc ${files}/${name} OUTPUT_FILE ${CMAKE_BINARY_DIR}/${name}.gz
    COMMAND_ERROR_IS_FATAL ANY)
endforeach()
install(FILES ${CMAKE_BINARY_DIR}/queuescope.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${CMAKE_BINARY_DIR}/changelog.gz ${files}/copyright DESTINATION ${doc})

install(FILES ${files}/lintian-overrides DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides
  RENAME queuescope)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME queuescope)
set(CPACK_PACKAGE_VENDOR "The QueueScope authors")
set(CPACK_PACKAGE_CONTACT "QueueScope developers <queuescope@users.noreply.github.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "watch, step, rewind and break a KMDF I/O queue")
set(CPACK_PACKAGE_DESCRIPTION
"QueueScope shows what happens to the requests of a Windows driver: how a KMDF
queue takes them in, presents them, and how they are cancelled, forwarded and
completed. The driver on screen is real C and really runs, with its current
line lit. A course of lessons, a sandbox and a debugger that goes backward.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
  GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libgl1, libgl1-mesa-dri")  # GLFW looks for them when it opens
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "gcc | c-compiler, g++, binutils")
include(CPack)
