// Debian's Chromium, for all that read a page as a browser does. Without the part that draws windows where it is installed: a page costs it a third.
import { chromium } from 'playwright-core';
import { existsSync } from 'node:fs';

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(p => p && existsSync(p));
export const launch = () => chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync'] });
