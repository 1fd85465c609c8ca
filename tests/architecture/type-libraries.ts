/** Some folders are compiled with a type library of their own, so that names of another context do not compile. */
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './sources';

/** Projects that the check command compiles after the app's own. */
export const NESTED_PROJECTS = [
	'src/lib/domain',
	'src/lib/crypto',
	'src/lib/worker',
	'src/service-worker'
];

/** What the compiler says about a module that is not on disk, were it one of the project's. */
export function compileIn(project: string, text: string): string[] {
	const folder = join(ROOT, project);
	const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), (path) =>
		ts.sys.readFile(path)
	) as { config: unknown };
	const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
	const planted = join(folder, 'planted.ts');
	const host = ts.createCompilerHost(options);
	const read = host.getSourceFile.bind(host);
	host.getSourceFile = (path, version, ...rest) =>
		path === planted
			? ts.createSourceFile(path, text, version, true)
			: read(path, version, ...rest);
	const program = ts.createProgram([planted], options, host);
	return program
		.getSemanticDiagnostics(program.getSourceFile(planted))
		.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
