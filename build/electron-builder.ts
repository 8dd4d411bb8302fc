/**
 * How the desktop app is packed. Signing and notarisation take everything from environment variables of electron-builder:
 * CSC_LINK and CSC_KEY_PASSWORD (macOS, Windows), APPLE_API_KEY, APPLE_API_KEY_ID and APPLE_API_ISSUER (notarisation).
 * UPDATE_FEED_URL names the folder on a server that updates come from; without it the app never looks for any.
 */
import type { Configuration } from 'electron-builder';

export default function configuration(): Configuration {
  return configurationFor(process.env);
}

/** The same for a given environment. electron-builder calls the one above with arguments of its own. */
export function configurationFor(env: Readonly<Record<string, string | undefined>>): Configuration {
  return {
    appId: 'app.phantom-arbiter',
    productName: 'Phantom Arbiter',
    executableName: 'phantom-arbiter',
    copyright: 'MIT licence',
    directories: { output: 'dist', buildResources: 'build/desktop' },
    // All native modules come prebuilt.
    npmRebuild: false,
    // Only the archive's content is validated when it is loaded, so nothing but binaries lies outside.
    asar: { smartUnpack: false },
    asarUnpack: ['**/*.node'],
    files: [
      'package.json',
      'out/main/**',
      'out/preload/**',
      'out/renderer/**',
      'resources/keys/**',
      ...UNNEEDED,
    ],
    extraResources: [
      { from: 'resources/tray', to: 'tray', filter: ['*.png'] },
      { from: 'resources/icon.png', to: 'icon.png' },
      // Of what is packed and bundled; the packages' own files may be left out below.
      { from: 'out/licences.txt', to: 'licences.txt' },
    ],
    icon: 'resources/icon.png',
    electronFuses: {
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    },
    artifactName: '${name}-${version}-${os}-${arch}.${ext}',
    publish: publishTo(env['UPDATE_FEED_URL']),
    win: { target: [{ target: 'nsis', arch: ['x64', 'arm64'] }], requestedExecutionLevel: 'asInvoker' },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowElevation: false,
      allowToChangeInstallationDirectory: true,
      // A vault is never thrown away with the program.
      deleteAppDataOnUninstall: false,
    },
    mac: {
      // Updates on macOS come from the zip.
      target: [
        { target: 'dmg', arch: ['x64', 'arm64'] },
        { target: 'zip', arch: ['x64', 'arm64'] },
      ],
      category: 'public.app-category.finance',
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: 'build/entitlements.mac.plist',
      entitlementsInherit: 'build/entitlements.mac.plist',
      notarize: (env['APPLE_API_KEY'] ?? env['APPLE_ID'] ?? env['APPLE_KEYCHAIN_PROFILE']) !== undefined,
    },
    linux: {
      target: [
        { target: 'AppImage', arch: ['x64', 'arm64'] },
        { target: 'deb', arch: ['x64', 'arm64'] },
      ],
      icon: 'resources/icons',
      category: 'Office;Finance',
      synopsis: 'Delta-neutral funding engine',
      maintainer: 'Phantom Arbiter <noreply@phantom-arbiter.invalid>',
      // Chromium's sandbox stays on, whatever the kernel thinks of it.
      executableArgs: [],
    },
  };
}

const publishTo = (url: string | undefined): NonNullable<Configuration['publish']> | null =>
  url === undefined || url === '' ? null : [{ provider: 'generic', url }];

/** What packages bring that a running program has no use for. */
const UNNEEDED = [
  '!**/*.{ts,cts,mts,tsx,map,c,cc,cpp,h,hpp,gyp,gypi,sh,md,markdown,flow,yml,yaml,tsbuildinfo,patch}',
  '!**/node_modules/**/{test,tests,__tests__,spec,docs,doc,example,examples,bench,benchmark,coverage,.github}/**',
  '!**/node_modules/better-sqlite3/{deps,src}/**',
  '!**/node_modules/zod/src/**',
  // Headers that native modules are compiled with.
  '!**/node_modules/node-addon-api/**',
  // Of the binaries for eight systems, the one that is packed for.
  '!**/node_modules/better-sqlite3/prebuilds/!(${platform}-${arch}.node)',
];
