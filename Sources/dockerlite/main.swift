// SPDX-License-Identifier: Apache-2.0
import DockerCLI
import Glibc

exit(DockerCLI.run(Array(CommandLine.arguments.dropFirst()), .live(arguments: CommandLine.arguments)))
