import type { Locator, Page } from 'playwright-core';
import { plain } from './plain';
import type { QuickInput } from './quickInput';

export type Messages = ReturnType<typeof messagesOf>;

/** What a window says: notifications, dialogs, its status bar, and the browser's console. */
export function messagesOf(page: Page, input: QuickInput) {
  const dialog = page.locator('.monaco-dialog-box');
  const written: string[] = [];
  page.on('console', message => written.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', error => written.push(`pageerror: ${error.stack ?? error.message}`));

  const messages = {
    /** The texts of the notifications on screen. */
    async notifications(): Promise<readonly string[]> {
      return (await page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts()).map(plain);
    },

    /** Waits for a notification that contains `text` and gives its element. */
    async waitForNotification(text: string): Promise<Locator> {
      const toast = page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
      await toast.waitFor();
      return toast;
    },

    /** Presses a button of the notification that contains `text`. */
    async answerNotification(text: string, button: string): Promise<void> {
      const toast = await messages.waitForNotification(text);
      await toast.hover();
      await toast.locator('.monaco-button').filter({ hasText: button }).first().click();
    },

    async clearNotifications(): Promise<void> {
      await input.command('Notifications: Clear All Notifications');
    },

    /** The modal dialog, if one is open. */
    dialog,

    /** Message and detail of the modal dialog, once it is there. */
    async dialogText(): Promise<string> {
      await dialog.waitFor();
      return await dialog.locator('.dialog-message-container').innerText();
    },

    /** Presses a button of the modal dialog that contains `text`. */
    async answerDialog(text: string, button: string): Promise<void> {
      const asking = dialog.filter({ hasText: text });
      await asking.waitFor();
      await asking.locator('.monaco-button').filter({ hasText: button }).first().click();
      // Another one may follow at once.
      await asking.waitFor({ state: 'detached' });
    },

    /** The texts of the status bar's items. */
    async statusBar(): Promise<readonly string[]> {
      return (await page.locator('.part.statusbar .statusbar-item').allInnerTexts()).map(plain).filter(text => text !== '');
    },

    /** Everything the window wrote to the browser's console. */
    consoleLines(): readonly string[] {
      return written;
    },

    /** The errors among them that are about our extension. */
    extensionErrors(): readonly string[] {
      const ours = /\.response-desk\b|responseDesk\.|\/dist\/(extension|webview)\b/;
      // The editor redraws rows when a context key changes, also one that was removed just before.
      const editors = /TreeError \[responseDesk\.\w+\] Data tree node not found/;
      return written.filter(line => /^(error|pageerror)/.test(line) && ours.test(line) && !editors.test(line));
    },
  };
  return messages;
}
